package io.savepointd.supervise;

import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each change of a job's state; a warning where a person is needed. */
final class StatusLog {
  private static final Logger LOG = LoggerFactory.getLogger(StatusLog.class);

  private StatusLog() {}

  static void changed(JobStatus before, JobStatus after) {
    String from = before.state().name().toLowerCase(Locale.ROOT);
    String to = after.state().name().toLowerCase(Locale.ROOT);
    switch (after.state()) {
      case HELD, UNREACHABLE, BACKOFF ->
          LOG.warn("event=job.state from={} to={} detail=\"{}\"", from, to, after.detail());
      default -> LOG.info("event=job.state from={} to={} detail=\"{}\"", from, to, after.detail());
    }
  }
}
