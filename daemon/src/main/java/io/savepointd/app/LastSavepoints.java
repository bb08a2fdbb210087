package io.savepointd.app;

import io.savepointd.model.JobName;
import io.savepointd.model.Words;
import io.savepointd.supervise.JobStatus;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * At the daemon's stop: the savepoints that are being written are awaited for a while, so that what
 * has become of them is on the ledger. Nothing new is begun meanwhile, and what takes longer stays
 * open for the next start.
 */
final class LastSavepoints {
  private static final Logger LOG = LoggerFactory.getLogger(LastSavepoints.class);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration SAY_EVERY = Duration.ofSeconds(5);

  private final Duration patience;
  private final LongSupplier nanos;

  LastSavepoints(Duration patience, LongSupplier nanos) {
    this.patience = patience;
    this.nanos = nanos;
  }

  /** Those on whose savepoints it is waited. */
  interface Jobs {
    /** The jobs with a savepoint under way, as long as their outcome can be learned. */
    List<JobName> withOpenSavepoints();
  }

  /** Who is told that it takes longer. */
  interface Listener {
    /** It is waited for {@code jobs}, at most so long from now. */
    void waits(String jobs, Duration left);
  }

  /** Returns once none is left, the time is over, or {@code ended} is. */
  void await(Jobs jobs, Listener listener, CountDownLatch ended) throws InterruptedException {
    List<JobName> open = jobs.withOpenSavepoints();
    if (open.isEmpty()) {
      return;
    }
    LOG.info(
        "event=daemon.awaits-savepoints jobs={} at_most={} next=\"ends then, whatever has come of"
            + " them\"",
        open,
        patience);
    long begun = nanos.getAsLong();
    long sayAt = begun;
    long left = patience.toNanos();
    while (!open.isEmpty() && left > 0) {
      if (nanos.getAsLong() - sayAt >= 0) {
        listener.waits(names(open), Duration.ofNanos(left));
        sayAt += SAY_EVERY.toNanos();
      }
      if (ended.await(Math.min(left, LOOK.toNanos()), TimeUnit.NANOSECONDS)) {
        return;
      }
      open = jobs.withOpenSavepoints();
      left = patience.toNanos() - (nanos.getAsLong() - begun);
    }
    if (!open.isEmpty()) {
      LOG.info(
          "event=daemon.leaves-savepoints jobs={} after={} next=\"looked up at the next start\"",
          open,
          patience);
    }
  }

  private static String names(List<JobName> jobs) {
    return jobs.stream().map(JobName::value).collect(Collectors.joining(", "));
  }

  /** Whether somebody could still say what becomes of a savepoint of that job. */
  static boolean answers(JobStatus status) {
    return status.state() != JobStatus.State.UNREACHABLE;
  }

  /** In words, for the status line. */
  static String words(String jobs, Duration left) {
    return "awaits the savepoint of "
        + jobs
        + ", "
        + Words.of(left.truncatedTo(ChronoUnit.SECONDS))
        + " more at most; the jobs go on";
  }
}
