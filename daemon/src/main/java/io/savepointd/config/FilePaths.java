package io.savepointd.config;

import com.typesafe.config.ConfigValue;
import io.savepointd.flink.LaunchSettings;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** How paths on this machine are read; relative ones count from the distribution. */
record FilePaths(Path distributionHome) {

  /** An absolute path, whether or not something is there. */
  Path path(ConfigValue value) {
    String text = Values.text(value);
    try {
      return distributionHome.resolve(text).normalize();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("'" + text + "' is no path: " + e.getReason(), e);
    }
  }

  /** The absolute path of a jar that is there and can be read. */
  Path jar(ConfigValue value) {
    Path jar = path(value);
    if (FileAccess.hidden(jar) || (Files.exists(jar) && !Files.isReadable(jar))) {
      throw new IllegalArgumentException(jar + " " + FileAccess.unreadable(jar));
    }
    if (!Files.exists(jar)) {
      throw new IllegalArgumentException("there is no file " + jar);
    }
    if (!Files.isRegularFile(jar)) {
      throw new IllegalArgumentException(jar + " is no file");
    }
    return jar;
  }

  /** The absolute path of a Flink distribution whose {@code bin/flink} can be run. */
  Path flinkHome(ConfigValue value) {
    Path home = path(value);
    Path script = LaunchSettings.CommandLine.script(home);
    if (FileAccess.hidden(script)) {
      throw new IllegalArgumentException(script + " " + FileAccess.unreadable(script));
    }
    if (!Files.isRegularFile(script)) {
      throw new IllegalArgumentException(
          "there is no file " + script + ": name the folder of a Flink distribution");
    }
    if (!Files.isExecutable(script)) {
      throw new IllegalArgumentException(script + " may not be executed by this user");
    }
    return home;
  }
}
