package io.savepointd.ledger;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A {@link LedgerVictim} that runs, and what can be done to it. */
final class VictimProcess implements AutoCloseable {
  private final Process process;
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

  private VictimProcess(Process process) {
    this.process = process;
    Thread reader = new Thread(this::listen, "victim's output");
    reader.setDaemon(true);
    reader.start();
  }

  static VictimProcess start(String root, long heartbeatMillis) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), LedgerVictim.class.getName(), root));
    command.add(Long.toString(heartbeatMillis));
    return new VictimProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  /** Waits until it has said that line. */
  void awaitLine(String line) throws InterruptedException {
    List<String> before = new ArrayList<>();
    String next = said.poll(60, TimeUnit.SECONDS);
    while (next != null && !next.equals(line)) {
      before.add(next);
      next = said.poll(60, TimeUnit.SECONDS);
    }
    if (next == null) {
      throw new AssertionError("never said '" + line + "' but " + before);
    }
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  void signal(String name) throws IOException, InterruptedException {
    String[] command = {"kill", "-" + name, Long.toString(process.pid())};
    if (new ProcessBuilder(command).start().waitFor() != 0) {
      throw new AssertionError("could not send " + name);
    }
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private void listen() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      lines.lines().forEach(said::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
