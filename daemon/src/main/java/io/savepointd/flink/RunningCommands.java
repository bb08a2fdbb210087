package io.savepointd.flink;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commands that run for one cluster, so that none goes on when nobody waits for it any more: at
 * the end of a term, of the connection, or of this process. The end of a JVM doesn't end its
 * children. Safe for several threads.
 */
final class RunningCommands implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningCommands.class);

  private final Set<BoundedProcess> running = new HashSet<>();
  private final Thread atExit = new Thread(this::endForGood, "launch-end");
  private boolean hooked;
  private boolean closed;
  private long round;

  /** Taken before a command is prepared: {@link #end} counts for what is being prepared too. */
  synchronized long round() {
    return round;
  }

  /**
   * Starts a command; to be given back to {@link #over}.
   *
   * @return empty if all were ended since that round was taken
   * @throws IOException if it couldn't be started
   */
  synchronized Optional<BoundedProcess> start(ProcessBuilder command, String name, long of)
      throws IOException {
    if (closed || of != round || !hook()) {
      return Optional.empty();
    }
    BoundedProcess process = BoundedProcess.start(command, name);
    running.add(process);
    return Optional.of(process);
  }

  private boolean hook() {
    try {
      if (!hooked) {
        Runtime.getRuntime().addShutdownHook(atExit);
        hooked = true;
      }
      return true;
    } catch (IllegalStateException e) {
      LOG.debug("event=launch.too-late", e); // this process is at its end
      return false;
    }
  }

  synchronized void over(BoundedProcess process) {
    running.remove(process);
  }

  /** Ends all that run now or are about to; returns at once. */
  void end() {
    List<BoundedProcess> all;
    synchronized (this) {
      round++;
      all = List.copyOf(running);
    }
    if (!all.isEmpty()) {
      LOG.info("event=launch.ended commands={} next=\"the cluster is asked\"", all.size());
    }
    all.forEach(BoundedProcess::kill);
  }

  private void endForGood() {
    synchronized (this) {
      closed = true;
    }
    end();
  }

  @Override
  public void close() {
    endForGood();
    synchronized (this) {
      if (hooked) {
        hooked = false;
        unhook();
      }
    }
  }

  private void unhook() {
    try {
      if (!Runtime.getRuntime().removeShutdownHook(atExit)) {
        LOG.debug("event=launch.no-hook");
      }
    } catch (IllegalStateException e) {
      LOG.debug("event=launch.too-late", e); // it runs already, or has
    }
  }
}
