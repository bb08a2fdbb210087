package io.savepointd.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Flink, HDFS and a source of lines in one child process, which ends with us: it watches its
 * standard input.
 */
final class SmallWorld implements AutoCloseable {
  private static final Duration READY = Duration.ofMinutes(2);
  private static final Duration GONE = Duration.ofSeconds(20);
  private static final String MAIN = "io.savepointd.embedded.EmbeddedWorld";

  /** What Flink reaches for by reflection. */
  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.lang.reflect",
          "java.net",
          "java.nio",
          "java.time",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "sun.nio.ch");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Process process;
  private final Path directory;
  private final JsonNode addresses;

  private SmallWorld(Process process, Path directory, JsonNode addresses) {
    this.process = process;
    this.directory = directory;
    this.addresses = addresses;
  }

  /** Starts it and waits until everything in it answers; its progress goes to {@code story}. */
  static SmallWorld start(Path home, Path directory, Consumer<String> story) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC"));
    OPENED.forEach(name -> command.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
    command.addAll(List.of("-cp", home.resolve("lib/demo") + "/*:" + home.resolve("lib") + "/*"));
    command.addAll(List.of(MAIN, "--dir", directory.resolve("world").toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeAll(List.of("HADOOP_CONF_DIR", "HADOOP_HOME"));
    Process process = builder.start();
    try {
      relay(process, story);
      return new SmallWorld(process, directory, ready(process));
    } catch (IOException e) {
      end(process, directory);
      throw e;
    }
  }

  private static void relay(Process process, Consumer<String> story) {
    Thread thread =
        new Thread(
            () -> process.errorReader(StandardCharsets.UTF_8).lines().forEach(story), "world");
    thread.setDaemon(true);
    thread.start();
  }

  private static JsonNode ready(Process process) throws IOException {
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    CompletableFuture<String> line = CompletableFuture.supplyAsync(() -> firstLine(out));
    try {
      JsonNode ready = JSON.readTree(line.get(READY.toSeconds(), TimeUnit.SECONDS));
      if (!ready.path("ready").asBoolean(false)) {
        throw new IOException("the demo's world ended before it was ready");
      }
      return ready;
    } catch (TimeoutException e) {
      throw new IOException(
          "the demo's world was not ready within "
              + READY.toSeconds()
              + " s; on a busy machine it may help to try again",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the demo's world started", e);
    } catch (ExecutionException | JacksonException e) {
      throw new IOException("the demo's world did not start: " + e.getMessage(), e);
    }
  }

  private static String firstLine(BufferedReader out) {
    try {
      String line = out.readLine();
      return line == null ? "{}" : line;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  String rest() {
    return addresses.path("rest").asString();
  }

  String hdfs() {
    return addresses.path("hdfs").asString();
  }

  String linesHost() {
    return addresses.path("lines").path("host").asString();
  }

  int linesPort() {
    return addresses.path("lines").path("port").asInt();
  }

  /** The file that takes what the job prints. */
  Path averages() {
    return Path.of(addresses.path("averages").asString());
  }

  /** Ends the process and removes its directory. */
  @Override
  public void close() throws IOException {
    end(process, directory);
  }

  /** Its closed input tells it to end; what doesn't is killed. */
  private static void end(Process process, Path directory) throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(GONE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor(GONE.toSeconds(), TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
