package io.savepointd.app;

import io.savepointd.admin.LaunchBody;
import io.savepointd.admin.LineageBody;
import io.savepointd.admin.NotNow;
import io.savepointd.admin.PruneBody;
import io.savepointd.admin.SavepointsBody;
import io.savepointd.admin.StatusBody;
import io.savepointd.config.JobSettings;
import io.savepointd.config.Settings;
import io.savepointd.ledger.History;
import io.savepointd.ledger.JobHistory;
import io.savepointd.ledger.Lineage;
import io.savepointd.model.CheckpointPath;
import io.savepointd.model.ClusterName;
import io.savepointd.model.JobName;
import io.savepointd.model.Occasion;
import io.savepointd.model.Origin;
import io.savepointd.model.Run;
import io.savepointd.model.RunId;
import io.savepointd.model.Savepoint;
import io.savepointd.retention.Decision;
import io.savepointd.retention.RetentionPlan;
import io.savepointd.storage.SavepointStore;
import io.savepointd.supervise.Desired;
import io.savepointd.supervise.Home;
import io.savepointd.supervise.Housekeeping;
import io.savepointd.supervise.JobStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Bodies made from the configuration and the ledger's history; pure. */
final class Reports {
  /** Where no schedule is heeded until a person says something. */
  private static final Set<JobStatus.State> DOWN =
      Set.of(JobStatus.State.STOPPED, JobStatus.State.ENDED, JobStatus.State.HELD);

  private final Settings settings;

  Reports(Settings settings) {
    this.settings = settings;
  }

  /** The configured jobs that a request means, by name. */
  List<JobSettings> meant(Optional<JobName> job) throws NotNow {
    if (job.isEmpty()) {
      return settings.jobs().values().stream()
          .sorted(Comparator.comparing(j -> j.job().name()))
          .toList();
    }
    JobSettings found = settings.jobs().get(job.get());
    if (found == null) {
      throw new NotNow(
          NotNow.Kind.USAGE,
          "no job '"
              + job.get()
              + "' in "
              + settings.file()
              + "; there are "
              + settings.jobs().keySet().stream().sorted().toList());
    }
    return List.of(found);
  }

  boolean configured(JobName job) {
    return settings.jobs().containsKey(job);
  }

  StatusBody.JobBody job(JobSettings job, JobHistory history, JobStatus status, Instant now) {
    List<Savepoint> retained = history.retained();
    return new StatusBody.JobBody(
        job.job().name().value(),
        home(job, history).value(),
        status.state().name().toLowerCase(Locale.ROOT),
        status.detail(),
        Optional.of(status.since()),
        status.run().map(Object::toString),
        retained.stream().findFirst().map(s -> StatusBody.NewestBody.of(s, now)),
        retained.size(),
        history.quarantined().size(),
        history.leftovers().size(),
        DOWN.contains(status.state()) ? Optional.empty() : nextFire(job, now));
  }

  private ClusterName home(JobSettings job, JobHistory history) {
    Desired asItIs =
        new Desired(
            job.job(),
            job.supervision(),
            settings.clusters().keySet(),
            Optional.empty(),
            Optional.empty());
    return Home.of(asItIs, history);
  }

  private static Optional<Instant> nextFire(JobSettings job, Instant now) {
    return job.schedules().stream()
        .flatMap(s -> s.cron().next(now).stream())
        .min(Comparator.naturalOrder());
  }

  /** Jobs that only the ledger still knows are listed too. */
  SavepointsBody savepoints(History history, Optional<JobName> job, boolean all) throws NotNow {
    List<SavepointsBody.SavepointBody> bodies =
        histories(history, job).stream()
            .flatMap(h -> savepoints(h, all))
            .sorted(Comparator.comparing(SavepointsBody.SavepointBody::takenAt).reversed())
            .toList();
    return new SavepointsBody(bodies);
  }

  private static Stream<SavepointsBody.SavepointBody> savepoints(JobHistory h, boolean all) {
    return h.savepoints().stream()
        .filter(s -> all || s.state() != Savepoint.State.DELETED)
        .map(s -> SavepointsBody.SavepointBody.of(s, s.run().flatMap(h::run).flatMap(Run::launch)));
  }

  LineageBody lineage(History history, Optional<JobName> job) throws NotNow {
    List<LineageBody.RunBody> bodies = new ArrayList<>();
    for (JobHistory h : histories(history, job)) {
      Lineage.of(h).forEach(line -> bodies.add(run(h, line)));
    }
    bodies.sort(Comparator.comparing(LineageBody.RunBody::submittedAt).reversed());
    return new LineageBody(bodies);
  }

  private List<JobHistory> histories(History history, Optional<JobName> job) throws NotNow {
    if (job.isEmpty()) {
      return history.jobs();
    }
    JobHistory found = history.of(job.get());
    if (found.runs().isEmpty() && found.savepoints().isEmpty()) {
      meant(job); // a job that neither the ledger nor the configuration knows is a usage error
    }
    return List.of(found);
  }

  private static LineageBody.RunBody run(JobHistory history, Lineage.Line line) {
    Run run = history.run(line.run()).orElseThrow();
    Optional<Savepoint> from =
        line.start() instanceof Lineage.Start.FromSavepoint known
            ? history.savepoint(known.savepoint())
            : Optional.empty();
    Optional<String> fromPath =
        run.origin() instanceof Origin.Restored restored
            ? Optional.of(restored.path())
            : Optional.empty();
    String word =
        run.origin() instanceof Origin.Empty
            ? "nothing"
            : fromPath.map(CheckpointPath::word).orElse("unknown");
    return new LineageBody.RunBody(
        run.job().value(),
        run.id().value(),
        run.cluster().value(),
        run.intendedAt(),
        word,
        fromPath,
        from.map(Savepoint::takenAt),
        line.start() instanceof Lineage.Start.FromCheckpoint checkpoint
            ? Optional.of(checkpoint.parts().run().value())
            : from.flatMap(Savepoint::run).map(RunId::value),
        state(run.phase()),
        endedAt(run.phase()),
        reason(run.phase()),
        run.launch().map(LaunchBody::of),
        run.dropState(),
        history.savepoints().stream()
            .filter(s -> s.takenFrom(run.id()))
            .map(s -> s.id().value())
            .toList());
  }

  private static String state(Run.Phase phase) {
    if (phase instanceof Run.Phase.Ended ended) {
      return ended.end().name().toLowerCase(Locale.ROOT);
    }
    if (phase instanceof Run.Phase.NotStarted) {
      return "not started";
    }
    if (phase instanceof Run.Phase.Cancelling) {
      return "cancelling";
    }
    return phase instanceof Run.Phase.Started ? "started" : "submitted";
  }

  private static Optional<Instant> endedAt(Run.Phase phase) {
    if (phase instanceof Run.Phase.Ended ended) {
      return Optional.of(ended.at());
    }
    return phase instanceof Run.Phase.NotStarted never ? Optional.of(never.at()) : Optional.empty();
  }

  private static Optional<String> reason(Run.Phase phase) {
    if (phase instanceof Run.Phase.Ended ended) {
      return Optional.of(ended.reason());
    }
    return phase instanceof Run.Phase.NotStarted never
        ? Optional.of(never.reason())
        : Optional.empty();
  }

  /** What retention makes of each retained savepoint of these jobs now; nothing is done yet. */
  PruneBody judge(List<JobSettings> jobs, History history, SavepointStore store, Instant now) {
    List<PruneBody.DecisionBody> decisions = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (JobSettings job : jobs) {
      JobName name = job.job().name();
      RetentionPlan plan =
          Housekeeping.plan(job.retention(), history.of(name), history.jobs(), store, now);
      plan.decisions().forEach(decision -> decisions.add(decision(decision)));
      plan.overrun().ifPresent(overrun -> warnings.add(name + ": " + overrun.inWords()));
    }
    return new PruneBody(decisions, warnings, List.of());
  }

  private static PruneBody.DecisionBody decision(Decision decision) {
    Savepoint savepoint = decision.savepoint();
    return new PruneBody.DecisionBody(
        savepoint.job().value(),
        savepoint.id().value(),
        savepoint.takenAt(),
        savepoint.bytes(),
        SavepointsBody.SavepointBody.word(savepoint.occasion()),
        savepoint.occasion() instanceof Occasion.Scheduled scheduled
            ? Optional.of(scheduled.schedule())
            : Optional.empty(),
        decision instanceof Decision.Keep ? "keep" : "expire",
        String.join("; ", decision.reasons()));
  }
}
