package io.savepointd.acceptance.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A folder that looks like a Flink distribution to who calls its {@code bin/flink}. Its
 * configuration leads nowhere, so that what is reached is what the caller said.
 *
 * @param dir the folder
 */
public record FlinkHome(Path dir) {
  private static final String LOSES_ITS_ANSWER = "loses-its-answer";

  /** Makes one in that folder, of that version's jars. */
  public static FlinkHome make(String version, Path dir) throws IOException {
    Path script = Files.createDirectories(dir.resolve("bin")).resolve("flink");
    Path lost = dir.resolve(LOSES_ITS_ANSWER);
    Files.writeString(
        script,
        """
        #!/bin/sh
        flink() {
          "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 %s \\
            -Dlogback.configurationFile='%s' -Dlog.file="$FLINK_LOG_DIR/client.log" \\
            -cp '%s/*' org.apache.flink.client.cli.CliFrontend "$@"
        }
        if rm '%s' 2>/dev/null; then
          flink "$@" >/dev/null 2>&1
          exit 137
        fi
        flink "$@"
        """
            .formatted(
                String.join(" ", JavaServer.OPENED),
                Folders.serverLogback(),
                Folders.flink(version).toAbsolutePath(),
                lost));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path conf = Files.createDirectories(dir.resolve("conf"));
    Files.writeString(
        conf.resolve("config.yaml"),
        """
        rest.address: 127.0.0.1
        rest.port: 1
        execution.savepoint-restore-mode: CLAIM
        """);
    return new FlinkHome(dir);
  }

  /** The next command does its work, and dies before it has said so. */
  public void loseNextAnswer() throws IOException {
    Files.createFile(dir.resolve(LOSES_ITS_ANSWER));
  }
}
