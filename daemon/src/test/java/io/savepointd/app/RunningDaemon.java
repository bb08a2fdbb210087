package io.savepointd.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.admin.NotNow;
import io.savepointd.admin.ReloadBody;
import io.savepointd.admin.StatusBody;
import io.savepointd.model.SavepointFormat;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;

/** A daemon on a thread of its own, and what it says of itself. */
final class RunningDaemon implements AutoCloseable {
  private final Daemon daemon;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  RunningDaemon(Site site) {
    daemon = site.daemon();
    Thread thread = new Thread(this::run, "daemon under test");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      daemon.run();
      ended.complete(null);
    } catch (DaemonStopped | RuntimeException e) {
      ended.completeExceptionally(e);
    }
  }

  StatusBody status() {
    try {
      return daemon.operations().status();
    } catch (NotNow e) {
      throw new AssertionError("status is always answered", e);
    }
  }

  /** Returns once its outcome is known, or it never will be. */
  void takeSavepoint() {
    try {
      assertThat(daemon.operations().takeSavepoint(Optional.empty(), SavepointFormat.CANONICAL))
          .hasSize(1);
    } catch (NotNow e) {
      throw new AssertionError("an active daemon takes it on", e);
    }
  }

  ReloadBody reload() throws NotNow {
    return daemon.operations().reload();
  }

  void awaitBeing(String word) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> status().daemon().equals(word));
  }

  void awaitJobBeing(String state) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> status().jobs().get(0).state().equals(state));
  }

  /** Why it has stopped by itself. */
  DaemonStopped stopped() throws InterruptedException, TimeoutException {
    try {
      ended.get(20, TimeUnit.SECONDS);
      throw new AssertionError("it has ended in order");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof DaemonStopped stopped) {
        return stopped;
      }
      throw new AssertionError("a bug ended it", e.getCause());
    }
  }

  boolean hasEnded() {
    return ended.isDone() && !ended.isCompletedExceptionally();
  }

  @Override
  public void close() {
    daemon.close();
  }
}
