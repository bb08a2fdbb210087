package io.savepointd.acceptance.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a server is started: a main class on a folder of jars, in a JVM small enough to have many.
 *
 * @param jars the folder that is its class path
 * @param conf a folder put before the jars
 * @param jvm more options of the JVM
 * @param heapMib its largest heap
 */
record JavaServer(
    Path jars, Path conf, List<String> jvm, String mainClass, int heapMib, List<String> args) {

  /** What makes a small JVM start fast. */
  private static final List<String> JVM_OPTIONS =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError");

  /** What Flink and Hadoop reach for by reflection; Flink's own scripts open it too. */
  static final List<String> OPENED =
      List.of(
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.time=ALL-UNNAMED",
          "--add-opens=java.base/java.net=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
          "-Djava.net.preferIPv4Stack=true");

  /** The last ones come from systemd, and a test may well run under it. */
  private static final String INHERITED =
      "(HADOOP|HDFS|YARN|FLINK|SAVEPOINTD|WATCHDOG)_.*|JAVA_TOOL_OPTIONS"
          + "|INVOCATION_ID|JOURNAL_STREAM|NOTIFY_SOCKET|(LOGS|RUNTIME|CACHE|STATE|CREDENTIALS)_DIRECTORY";

  JavaServer {
    jvm = List.copyOf(jvm);
    args = List.copyOf(args);
    if (!Files.isDirectory(jars)) {
      throw new IllegalStateException(
          jars.toAbsolutePath() + " is missing: `mvn package` of acceptance/clusters makes it");
    }
  }

  /** Where the process of that name logs, apart from its standard output. */
  static Path log(String name, Path dir) {
    return dir.resolve(name + ".log");
  }

  /** Starts it under {@code name}, its log in {@code dir/name.log}, emptied first. */
  ManagedProcess start(String name, Path dir) throws IOException {
    Path log = log(name, dir);
    Files.createDirectories(dir);
    Files.deleteIfExists(log);
    Path temporary = Files.createDirectories(dir.resolve("tmp-" + name));
    ProcessBuilder builder = new ProcessBuilder(command(log, temporary)).directory(dir.toFile());
    withoutInherited(builder.environment());
    return ManagedProcess.start(name, dir, builder);
  }

  private List<String> command(Path log, Path temporary) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPENED);
    command.addAll(JVM_OPTIONS);
    command.add("-Xmx" + heapMib + "m");
    command.addAll(jvm); // the last -Xmx counts
    // A server that is killed leaves there what it unpacked.
    command.add("-Djava.io.tmpdir=" + temporary.toAbsolutePath());
    // Flink's web page finds log and output by this property too.
    command.add("-Dlog.file=" + log.toAbsolutePath());
    command.add("-Dlogback.configurationFile=" + Folders.serverLogback());
    command.add("-cp");
    command.add(conf.toAbsolutePath() + ":" + jars.toAbsolutePath() + "/*");
    command.add(mainClass);
    command.addAll(args);
    return command;
  }

  /** A developer's own cluster settings have no business here. */
  static void withoutInherited(Map<String, String> environment) {
    environment.keySet().removeIf(name -> name.matches(INHERITED));
  }
}
