package io.savepointd.app;

import io.savepointd.admin.NotNow;
import io.savepointd.admin.ReloadBody;
import io.savepointd.config.ConfigProblem;
import io.savepointd.config.ConfigRefused;
import io.savepointd.config.Settings;
import io.savepointd.ledger.JobHistory;
import io.savepointd.model.JobName;
import io.savepointd.model.Run;
import io.savepointd.model.RunId;
import io.savepointd.supervise.Fleet;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the configuration again and puts it in effect while jobs are kept by the one before: as a
 * whole, or not at all (rule 8). One at a time; blocks until it is done, which is bounded.
 */
final class Reloading {
  private static final Logger LOG = LoggerFactory.getLogger(Reloading.class);

  /** A lane that verifies a savepoint or submits a run may take longer; then it is said so. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Configuration configuration;
  private final Installation installation;
  private final Daemon daemon;

  Reloading(Configuration configuration, Installation installation, Daemon daemon) {
    this.configuration = configuration;
    this.installation = installation;
    this.daemon = daemon;
  }

  /**
   * Reloads.
   *
   * @throws NotNow if the file can't be used; nothing has changed
   */
  ReloadBody reload() throws NotNow {
    return configuration.alone(this::alone);
  }

  private ReloadBody alone() throws NotNow {
    Instant now = installation.clock().instant();
    Settings before = configuration.settings();
    Settings next;
    try {
      next = installation.load(before.file());
    } catch (ConfigRefused e) {
      List<String> faults = e.problems().stream().map(ConfigProblem::toString).toList();
      refuse(now, faults);
      throw new NotNow(NotNow.Kind.USAGE, new BadConfiguration(e).getMessage());
    }
    List<String> reasons = new ArrayList<>();
    for (String key : RestartOnly.changed(before, next)) {
      reasons.add("savepointd." + key + " can't change while the daemon runs: restart it for that");
    }
    reasons.addAll(elsewhere(next));
    if (!reasons.isEmpty()) {
      return refuse(now, reasons);
    }
    Optional<Daemon.Active> active = daemon.active();
    return active.isPresent()
        ? new Change(active.get(), before, next, now).carryOut()
        : forTheNextTerm(before, next, now);
  }

  /** The storage must stay where it is, also where the clusters say where that is. */
  private List<String> elsewhere(Settings next) {
    Optional<Connections> connected = daemon.connected();
    try {
      if (connected.isPresent()) {
        connected.get().requireSameRoot(next);
      }
      return List.of();
    } catch (Connections.RootUnclear e) {
      return List.of(e.getMessage());
    } catch (IOException e) {
      return List.of("where the storage root is can't be told: " + e.getMessage());
    }
  }

  private ReloadBody refuse(Instant at, List<String> reasons) {
    configuration.refuse(at, reasons);
    for (String reason : reasons) {
      LOG.warn(
          "event=config.refused reason=\"{}\" next=\"nothing has changed; that of {} is in"
              + " effect\"",
          reason,
          configuration.since());
    }
    return new ReloadBody(
        "refused",
        "nothing has changed: the configuration of " + configuration.since() + " is in effect",
        reasons);
  }

  private ReloadBody forTheNextTerm(Settings before, Settings next, Instant now) {
    daemon.connected().ifPresent(connections -> connections.take(next));
    configuration.take(next, now);
    Standing standing = daemon.standing();
    return done(
        "taken for when it becomes active; it is " + standing.word() + ": " + standing.detail(now),
        SettingsChanges.between(before, next, Map.of()));
  }

  private ReloadBody done(String detail, List<String> changes) {
    LOG.info(
        "event=config.reloaded changes=\"{}\" detail=\"{}\"", String.join("; ", changes), detail);
    Warnings.log(configuration.settings());
    return new ReloadBody("done", detail, changes);
  }

  /** A change of the configuration of a daemon at work. */
  private final class Change {
    private final Daemon.Active active;
    private final Settings before;
    private final Settings next;
    private final Instant now;
    private final Obstacles obstacles;

    Change(Daemon.Active active, Settings before, Settings next, Instant now) {
      this.active = active;
      this.before = before;
      this.next = next;
      this.now = now;
      this.obstacles = new Obstacles(before, next);
    }

    ReloadBody carryOut() {
      List<String> reasons =
          new ArrayList<>(obstacles.takenNames(active.term().ledger().history()));
      reasons.addAll(unfinished());
      if (!reasons.isEmpty()) {
        return refuse(now, reasons);
      }
      CompletableFuture<Void> over = new CompletableFuture<>();
      try {
        reasons.addAll(standStill(over));
        if (reasons.isEmpty()) {
          reasons.addAll(
              active
                  .connections()
                  .lookingBy(
                      next,
                      clusters ->
                          obstacles.lostRuns(active.term().ledger().history(), clusters, now)));
        }
        if (reasons.isEmpty() && over.isDone()) {
          reasons.add("its jobs and clusters took too long to be asked; reload again");
        }
        if (!reasons.isEmpty()) {
          return refuse(now, reasons);
        }
        List<String> changes = SettingsChanges.between(before, next, openRuns());
        active.connections().take(next);
        Map<JobName, CompletableFuture<Void>> told = active.term().take(next);
        configuration.take(next, now);
        over.complete(null);
        return done(slow(told), changes);
      } finally {
        over.complete(null);
      }
    }

    /** Lanes of an earlier reload that are still in their last turns: no job may get a second. */
    private List<String> unfinished() {
      boolean more = !before.jobs().keySet().containsAll(next.jobs().keySet());
      if (!more && obstacles.moved().isEmpty()) {
        return List.of();
      }
      return active.term().fleet().awaitDismissed(PATIENCE).stream()
          .map(
              job ->
                  "job "
                      + job
                      + " was removed, but what was being done about it hasn't ended yet: reload"
                      + " again in a while")
          .toList();
    }

    /** Nothing may be submitted between the look at the runs and the change. */
    private List<String> standStill(CompletableFuture<Void> over) {
      Fleet fleet = active.term().fleet();
      Map<JobName, CompletableFuture<Void>> standing = new TreeMap<>();
      for (JobName job : obstacles.moved()) {
        fleet.lane(job).ifPresent(lane -> standing.put(job, lane.standStill(over)));
      }
      return late(standing).stream()
          .map(
              job ->
                  "job "
                      + job
                      + " is busy, so that it can't be told whether its run would be lost sight of:"
                      + " reload again in a while")
          .toList();
    }

    private Map<JobName, RunId> openRuns() {
      Map<JobName, RunId> runs = new TreeMap<>();
      for (JobHistory history : active.term().ledger().history().jobs()) {
        history.openRun().map(Run::id).ifPresent(run -> runs.put(history.job(), run));
      }
      return runs;
    }

    private String slow(Map<JobName, CompletableFuture<Void>> told) {
      List<JobName> late = late(told);
      return late.isEmpty()
          ? "in effect"
          : "in effect, but for "
              + late
              + ": busy at the moment, and kept so as soon as what is being done has ended";
    }
  }

  /** Those that haven't come in time; all of them have the same. */
  private static List<JobName> late(Map<JobName, CompletableFuture<Void>> awaited) {
    CompletableFuture<Void> all =
        CompletableFuture.allOf(awaited.values().toArray(CompletableFuture[]::new));
    try {
      all.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      LOG.debug("event=config.lanes-busy", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
    return awaited.entrySet().stream()
        .filter(e -> !e.getValue().isDone())
        .map(Map.Entry::getKey)
        .toList();
  }
}
