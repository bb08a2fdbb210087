package io.savepointd.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program of the system that judges what we made; where it isn't, the test says so aloud. */
record Tool(String name) {
  /** What it came to. */
  record Ran(int code, String output) {}

  /** Skips the test, with a word on standard output, where the program isn't installed. */
  static Tool required(String name) throws IOException {
    boolean there =
        List.of(System.getenv("PATH").split(":", -1)).stream()
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
    if (!there) {
      System.out.println("NOT CHECKED: there is no " + name + " on this machine");
      // scripts/test repeats it at its end.
      Path notRun = Files.createDirectories(Path.of("target", "not-run"));
      Files.writeString(notRun.resolve(name), "there is no " + name + " on this machine\n");
    }
    assumeTrue(there, "no " + name);
    return new Tool(name);
  }

  Ran run(Map<String, String> environment, Path directory, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(name));
    command.addAll(List.of(arguments));
    return run(environment, directory, command);
  }

  static Ran run(Map<String, String> environment, Path directory, List<String> command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("tool", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("%s ends", command).isTrue();
      return new Ran(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } finally {
      process.destroyForcibly();
      Files.delete(output);
    }
  }
}
