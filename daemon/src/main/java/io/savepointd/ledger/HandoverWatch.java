package io.savepointd.ledger;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for requests to hand over while the ledger is held. On a thread of its own: a look asks the
 * NameNode, which may take minutes to answer through an outage, and neither the stream, which lives
 * through that, nor who ends the term may wait for it. A look is one listing of the ledger's
 * directory.
 */
final class HandoverWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HandoverWatch.class);
  private static final long LOOK_EVERY_MILLIS = 1000;

  private final HandoverRequests requests;
  private final Consumer<Owner> onAsked;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread looking = new Thread(work, "handover");
            looking.setDaemon(true);
            return looking;
          });

  private volatile boolean closed;

  private HandoverWatch(HandoverRequests requests, Consumer<Owner> onAsked) {
    this.requests = requests;
    this.onAsked = onAsked;
  }

  /** Tells {@code onAsked} once, on a thread of its own, if somebody asks before it is closed. */
  static HandoverWatch start(HandoverRequests requests, Consumer<Owner> onAsked) {
    HandoverWatch watch = new HandoverWatch(requests, onAsked);
    var unused =
        watch.thread.scheduleWithFixedDelay(
            watch::look, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    return watch;
  }

  private void look() {
    try {
      Optional<Owner> asker = requests.asked();
      if (asker.isPresent() && !closed) {
        thread.shutdown();
        LOG.info("event=ledger.asked-for by=\"{}\"", asker.get());
        onAsked.accept(asker.get());
      }
    } catch (IOException | RuntimeException e) {
      // The next look is in a second; an exception that leaves here would end them all.
      LOG.debug("event=ledger.look-failed", e);
    }
  }

  /** A look under way isn't interrupted: it shares its connection with the stream. */
  @Override
  public void close() {
    closed = true;
    thread.shutdown();
  }
}
