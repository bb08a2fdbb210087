package io.savepointd.app;

import io.savepointd.admin.NotNow;
import io.savepointd.admin.OutcomeBody;
import io.savepointd.ledger.LedgerDirectory;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * {@code promote}: asks whoever holds the ledger to hand it over, and waits until this daemon is at
 * work. Never fences anybody: an owner that doesn't answer is replaced by the rule of silence, or
 * not at all.
 */
final class Promotion {
  /** An owner looks every second, and may take 10 s to close its lanes and 10 s for the ledger. */
  private static final Duration HANDING_OVER = Duration.ofSeconds(25);

  private static final long ASK_AGAIN_MILLIS = 1000;

  private final Duration silence;

  Promotion(Duration silence) {
    this.silence = silence;
  }

  /**
   * Blocks until this daemon is active, or for the silence and 25 s more.
   *
   * @param holder who holds the ledger, in words
   * @param atWork completed once this daemon is active
   */
  OutcomeBody carryOut(LedgerDirectory ledger, String holder, CompletableFuture<Void> atWork)
      throws NotNow {
    long since = System.nanoTime();
    Duration patience = silence.plus(HANDING_OVER);
    try {
      while (System.nanoTime() - since < patience.toNanos()) {
        ledger.requestHandover();
        if (done(atWork)) {
          return new OutcomeBody(
              "daemon", "done", "active after " + seconds(since) + "; " + holder);
        }
      }
      ledger.withdrawRequest();
      return new OutcomeBody(
          "daemon",
          "failed",
          holder
              + ", and has not let go within "
              + seconds(since)
              + " though it was asked to; it is still giving signs of life, or its lease can't be"
              + " recovered. The request is withdrawn. This daemon stays standby, and takes over once"
              + " that one lets go or has been silent for "
              + silence.toMillis() / 1000.0
              + " s; stop that process to be sooner");
    } catch (IOException e) {
      if (atWork.isDone()) {
        return new OutcomeBody("daemon", "done", "active after " + seconds(since) + "; " + holder);
      }
      throw new NotNow(
          NotNow.Kind.UNREACHABLE,
          "the request to hand over can't be left beside the ledger: "
              + e.getMessage()
              + "; the daemon stays standby");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotNow(NotNow.Kind.UNREACHABLE, "the daemon ends");
    }
  }

  private static boolean done(CompletableFuture<Void> atWork) throws InterruptedException {
    try {
      atWork.get(ASK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String seconds(long since) {
    return Duration.ofNanos(System.nanoTime() - since).toMillis() / 1000.0 + " s";
  }
}
