package io.savepointd.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A packaged embedded world as its parent sees it: a process with pipes. */
final class World implements AutoCloseable {

  private static final long READY_SECONDS = 120;

  private final Process process;
  private final Path errors;
  private final BufferedReader output;

  private World(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static World start(Path errors, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.add("-jar");
    command.add(Path.of("target", "lib", "embedded.jar").toString());
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("HADOOP_"));
    return new World(builder.start(), errors);
  }

  Process process() {
    return process;
  }

  String errors() throws IOException {
    return Files.readString(errors);
  }

  /** The next line of its standard output, or "" at its end. */
  String readLine() throws Exception {
    return CompletableFuture.supplyAsync(this::line).get(READY_SECONDS, TimeUnit.SECONDS);
  }

  private String line() {
    try {
      String line = output.readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      return "";
    }
  }

  /** What a line of JSON says under that name; names are unique within the ready line. */
  static String field(String json, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\":\"?([^\",}]+)").matcher(json);
    if (!matcher.find()) {
      throw new IllegalArgumentException("no " + name + " in " + json);
    }
    return matcher.group(1);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
