package io.savepointd.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The configuration that the demo's daemon runs with; written out, so that one can look at it. */
final class DemoConfig {
  static final String JOB = "averaging";
  static final int KEPT = 3;

  private DemoConfig() {}

  static Path write(Path directory, SmallWorld world) throws IOException {
    String text =
        """
        savepointd {
          storage.root = "%s/flink-savepoints"
          admin.socket = "%s/savepointd.sock"
          clusters.demo.rest = "%s"
          jobs.%s {
            cluster = demo
            jar = "job/averaging-job.jar"
            args = ["--host", "%s", "--port", "%d"]
            schedules.often.cron = "0/4 * * * * ?"
            retention.keep-last = %d
          }
        }
        """
            .formatted(
                world.hdfs(),
                directory,
                world.rest(),
                JOB,
                world.linesHost(),
                world.linesPort(),
                KEPT);
    return Files.writeString(directory.resolve("application.conf"), text);
  }
}
