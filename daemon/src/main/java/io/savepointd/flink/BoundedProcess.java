package io.savepointd.flink;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a process to its end or to a deadline, and keeps the end of what it prints. */
final class BoundedProcess {
  private static final Logger LOG = LoggerFactory.getLogger(BoundedProcess.class);

  /** Of the output: enough for the stack trace it may end with. */
  static final int KEPT_BYTES = 64 << 10;

  /** For what a process that is gone leaves to be done. */
  private static final Duration REST = Duration.ofSeconds(5);

  private final Process process;
  private final Thread reader;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

  /**
   * What became of a process.
   *
   * @param code empty if it was ended at its deadline
   */
  record Result(OptionalInt code, String output) {}

  private BoundedProcess(Process process, String name) {
    this.process = process;
    this.reader = new Thread(this::read, name);
    reader.setDaemon(true);
  }

  /**
   * Runs it with nothing to read, both its outputs as one. It and its children are gone afterwards,
   * also when the caller is interrupted.
   *
   * @throws IOException if it couldn't be started
   */
  static Result run(ProcessBuilder command, Duration deadline, String name)
      throws IOException, InterruptedException {
    BoundedProcess bounded = new BoundedProcess(command.redirectErrorStream(true).start(), name);
    try {
      return bounded.await(deadline);
    } finally {
      bounded.end();
    }
  }

  private Result await(Duration deadline) throws InterruptedException {
    reader.start();
    closeItsInput();
    boolean ended = process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS);
    if (ended) {
      // Ending it closes its streams, and would cut off what is still in them.
      reader.join(REST.toMillis());
    }
    return new Result(ended ? OptionalInt.of(process.exitValue()) : OptionalInt.empty(), output());
  }

  private void closeItsInput() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      LOG.debug("event=launch.input_open pid={}", process.pid(), e); // it has run all the same
    }
  }

  private void end() throws InterruptedException {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly(); // closes its streams too
    try {
      CompletableFuture.allOf(
              all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
          .get(REST.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // Killed they are: only nobody has cleared them away yet.
      LOG.debug("event=launch.process_left pid={}", process.pid(), e);
    }
  }

  private void read() {
    byte[] buffer = new byte[1 << 13];
    try (InputStream in = process.getInputStream()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        keep(buffer, read);
      }
    } catch (IOException e) {
      // It was ended: what it has printed by then is kept.
    }
  }

  private synchronized void keep(byte[] buffer, int length) {
    kept.write(buffer, 0, length);
    if (kept.size() > 2 * KEPT_BYTES) {
      byte[] all = kept.toByteArray();
      kept.reset();
      kept.write(all, all.length - KEPT_BYTES, KEPT_BYTES);
    }
  }

  private synchronized String output() {
    return kept.toString(StandardCharsets.UTF_8);
  }
}
