package io.savepointd.flink;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a process to its end or to a deadline, and keeps the end of what it prints. */
final class BoundedProcess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BoundedProcess.class);

  /** Of the output: enough for the stack trace it may end with. */
  static final int KEPT_BYTES = 64 << 10;

  /** For what a process that is gone leaves to be done. */
  private static final Duration REST = Duration.ofSeconds(5);

  /** How often its children are looked for. */
  private static final Duration GLANCE = Duration.ofMillis(250);

  private final Process process;
  private final Thread reader;
  private final Set<ProcessHandle> children = ConcurrentHashMap.newKeySet();
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
   * Starts it with nothing to read, both its outputs as one; to be awaited and closed.
   *
   * @throws IOException if it couldn't be started
   */
  static BoundedProcess start(ProcessBuilder command, String name) throws IOException {
    BoundedProcess bounded = new BoundedProcess(command.redirectErrorStream(true).start(), name);
    bounded.reader.start();
    return bounded;
  }

  /** Waits for its end, no longer than that. */
  Result await(Duration deadline) throws InterruptedException {
    closeItsInput();
    boolean ended = false;
    for (Duration left = deadline; !ended && left.toMillis() > 0; left = left.minus(GLANCE)) {
      // Children are only to be found while it lives.
      process.descendants().forEach(children::add);
      Duration next = left.compareTo(GLANCE) < 0 ? left : GLANCE;
      ended = process.waitFor(next.toMillis(), TimeUnit.MILLISECONDS);
    }
    if (ended) {
      // A child that has its streams open would keep their end waiting.
      children.forEach(ProcessHandle::destroyForcibly);
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

  /** Ends it and its children, and returns at once; from any thread. */
  void kill() {
    process.descendants().forEach(children::add);
    process.destroyForcibly(); // closes its streams too
    children.forEach(ProcessHandle::destroyForcibly);
  }

  /** It and its children, as far as they were seen, are gone afterwards. */
  @Override
  public void close() {
    kill();
    try {
      CompletableFuture.allOf(
              Stream.concat(children.stream(), Stream.of(process.toHandle()))
                  .map(ProcessHandle::onExit)
                  .toArray(CompletableFuture<?>[]::new))
          .get(REST.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // Killed they are: only nobody has cleared them away yet.
      LOG.debug("event=launch.process_left pid={}", process.pid(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
