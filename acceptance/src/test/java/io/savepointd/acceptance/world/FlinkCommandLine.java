package io.savepointd.acceptance.world;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Flink's own command line, the JVM that {@code bin/flink} ends in. That script is not published;
 * what it does before, which is not little, is not done here.
 *
 * @param jars Flink's {@code lib}
 * @param conf the folder of {@code config.yaml}
 * @param dir where it runs and leaves its output
 */
public record FlinkCommandLine(Path jars, Path conf, Path dir) {

  private static final String MAIN = "org.apache.flink.client.cli.CliFrontend";

  /** Runs one command to its end; fails when it has not ended by the deadline. */
  public CommandResult run(Duration deadline, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JavaServer.OPENED);
    command.add("-Dlog.file=" + dir.resolve("client.log").toAbsolutePath());
    command.add("-Dlogback.configurationFile=" + Folders.serverLogback());
    command.add("-cp");
    command.add(jars.toAbsolutePath() + "/*");
    command.add(MAIN);
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).directory(dir.toFile());
    JavaServer.withoutInherited(builder.environment());
    builder.environment().put("FLINK_CONF_DIR", conf.toString());
    try (ManagedProcess client = ManagedProcess.start("client", dir, builder)) {
      int code = client.awaitExit(deadline);
      return new CommandResult(List.of(args), code, client.stdout(), client.stderr());
    }
  }
}
