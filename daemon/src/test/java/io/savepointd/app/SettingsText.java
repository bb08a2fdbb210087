package io.savepointd.app;

import io.savepointd.config.ConfigRefused;
import io.savepointd.config.Settings;
import io.savepointd.config.SettingsLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Settings read from a text, with jars {@code a.jar} and {@code b.jar} beside it. */
final class SettingsText {
  private final Path directory;

  SettingsText(Path directory) {
    this.directory = directory;
  }

  /** Of one cluster and one job, and of what is said over and above. */
  Settings with(String more) throws IOException, ConfigRefused {
    return of(
        """
        savepointd {
          storage.root = "hdfs://nn:9000/root"
          clusters.main.rest = "http://one:8081"
          jobs.averaging {
            jar = "a.jar"
            cluster = main
            args = [--password, first]
            schedules.frequent { cron = "0/30 * * * * ?", time-zone = UTC }
            retention { keep-last = 3, time-zone = UTC }
          }
        }
        """
            + more);
  }

  Settings of(String text) throws IOException, ConfigRefused {
    Files.writeString(directory.resolve("a.jar"), "not looked into");
    Files.writeString(directory.resolve("b.jar"), "not looked into");
    Path file = Files.writeString(directory.resolve("application.conf"), text);
    return new SettingsLoader(directory, Map.of()).load(file);
  }
}
