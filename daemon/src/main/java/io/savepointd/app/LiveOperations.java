package io.savepointd.app;

import io.savepointd.admin.LineageBody;
import io.savepointd.admin.NotNow;
import io.savepointd.admin.Operations;
import io.savepointd.admin.OutcomeBody;
import io.savepointd.admin.PruneBody;
import io.savepointd.admin.RebuildBody;
import io.savepointd.admin.ReloadBody;
import io.savepointd.admin.SavepointsBody;
import io.savepointd.admin.ScrubBody;
import io.savepointd.admin.StatusBody;
import io.savepointd.admin.VerifyBody;
import io.savepointd.config.JobSettings;
import io.savepointd.config.Settings;
import io.savepointd.ledger.JobHistory;
import io.savepointd.model.JobName;
import io.savepointd.model.Occasion;
import io.savepointd.model.Savepoint;
import io.savepointd.model.SavepointFormat;
import io.savepointd.storage.SavepointStore;
import io.savepointd.supervise.Answer;
import io.savepointd.supervise.Demand;
import io.savepointd.supervise.JobStatus;
import io.savepointd.supervise.Lane;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the running daemon answers. */
final class LiveOperations implements Operations {
  private final String version;
  private final Clock clock;
  private final Daemon daemon;

  LiveOperations(String version, Clock clock, Daemon daemon) {
    this.version = version;
    this.clock = clock;
    this.daemon = daemon;
  }

  /** By the configuration of this moment. */
  private Reports reports() {
    return new Reports(daemon.settings());
  }

  @Override
  public StatusBody status() {
    Optional<Daemon.Active> active = daemon.active();
    Instant now = clock.instant();
    Settings settings = daemon.settings();
    List<StatusBody.JobBody> jobs = new ArrayList<>();
    settings.jobs().values().stream()
        .sorted((a, b) -> a.job().name().compareTo(b.job().name()))
        .forEach(job -> jobs.add(jobBody(job, active, now)));
    return new StatusBody(
        version,
        active.isPresent() ? "active" : daemon.standing().word(),
        detail(active, now),
        active
            .map(a -> a.connections().store().root())
            .or(() -> settings.storage().root())
            .orElse(""),
        jobs);
  }

  private String detail(Optional<Daemon.Active> active, Instant now) {
    return Stream.concat(
            active.isPresent() ? Stream.of() : Stream.of(daemon.standing().detail(now)),
            Stream.concat(daemon.notice().stream(), daemon.untestedFlinks().stream()))
        .collect(Collectors.joining("; "));
  }

  private StatusBody.JobBody jobBody(JobSettings job, Optional<Daemon.Active> active, Instant now) {
    JobName name = job.job().name();
    JobHistory history =
        active.map(a -> a.term().ledger().history().of(name)).orElse(JobHistory.none(name));
    JobStatus status =
        active
            .flatMap(a -> a.term().fleet().lane(name))
            .map(Lane::status)
            .orElseGet(
                () ->
                    new JobStatus(
                        name,
                        JobStatus.State.UNKNOWN,
                        daemon.standing().detail(clock.instant()),
                        Optional.empty(),
                        now));
    return reports().job(job, history, status, now);
  }

  @Override
  public SavepointsBody savepoints(Optional<JobName> job, boolean all) throws NotNow {
    return reports().savepoints(required().term().ledger().history(), job, all);
  }

  @Override
  public LineageBody lineage(Optional<JobName> job) throws NotNow {
    return reports().lineage(required().term().ledger().history(), job);
  }

  @Override
  public List<OutcomeBody> takeSavepoint(Optional<JobName> job, SavepointFormat format)
      throws NotNow {
    List<Asked> asked = new ArrayList<>();
    for (JobSettings meant : reports().meant(job)) {
      asked.add(ask(meant, new Demand.Savepoint(new Occasion.Requested(), format)));
    }
    return outcomes(asked);
  }

  @Override
  public List<OutcomeBody> start(Optional<JobName> job, StartRequest request) throws NotNow {
    Requests.check(request, reports().meant(job).size());
    Daemon.Active active = required();
    List<Asked> asked = new ArrayList<>();
    for (JobSettings meant : reports().meant(job)) {
      JobHistory history = active.term().ledger().history().of(meant.job().name());
      Demand.Start start = Requests.start(request, history, active.connections().store());
      asked.add(
          request.dryRun()
              ? new Asked(
                  meant.job().name(),
                  CompletableFuture.completedFuture(
                      new StartPreview(active.connections(), clock).of(meant, start, history)))
              : ask(meant, start));
    }
    return outcomes(asked);
  }

  @Override
  public PruneBody prune(Optional<JobName> job, boolean dryRun) throws NotNow {
    Daemon.Active active = required();
    List<JobSettings> jobs = reports().meant(job);
    PruneBody judged =
        reports()
            .judge(
                jobs,
                active.term().ledger().history(),
                active.connections().store(),
                clock.instant());
    List<Asked> asked = new ArrayList<>();
    if (!dryRun) {
      for (JobSettings meant : jobs) {
        asked.add(ask(meant, new Demand.Prune()));
      }
    }
    return judged.with(outcomes(asked));
  }

  @Override
  public ReloadBody reload() throws NotNow {
    return daemon.reload();
  }

  @Override
  public OutcomeBody promote() throws NotNow {
    return daemon.promote();
  }

  @Override
  public List<OutcomeBody> stop(JobName job) throws NotNow {
    return outcomes(List.of(ask(one(job), new Demand.Stop())));
  }

  @Override
  public List<OutcomeBody> upgrade(JobName job, boolean dropState, boolean dryRun) throws NotNow {
    JobSettings meant = one(job);
    return dryRun
        ? UpgradePreview.of(meant, required().term().ledger().history())
        : outcomes(List.of(ask(meant, new Demand.Upgrade(dropState))));
  }

  @Override
  public List<OutcomeBody> move(JobName job, MoveRequest request) throws NotNow {
    JobSettings meant = one(job);
    Demand.Move move = Requests.move(request, daemon.settings());
    Optional<Answer> taken = Requests.nameTaken(move, meant, daemon.settings());
    if (taken.isEmpty() && !request.dryRun()) {
      return outcomes(List.of(ask(meant, move)));
    }
    Daemon.Active active = required();
    Answer answer =
        taken.orElseGet(
            () ->
                new MovePreview(active.connections())
                    .of(meant, move, active.term().ledger().history().of(job), clock.instant()));
    return List.of(OutcomeBody.of(job.value(), answer));
  }

  @Override
  public List<OutcomeBody> release(JobName job) throws NotNow {
    return outcomes(List.of(ask(one(job), new Demand.Release())));
  }

  @Override
  public List<OutcomeBody> pin(String savepoint, boolean on) throws NotNow {
    Savepoint named = names().one(savepoint);
    return outcomes(List.of(ask(one(named.job()), new Demand.Pin(named.id(), on))));
  }

  @Override
  public VerifyBody verify(List<String> what, boolean deep) throws NotNow {
    List<Savepoint> meant = names().meant(what);
    return care((taking, store) -> taking.settle(new Inspection(store, clock).look(meant, deep)));
  }

  @Override
  public List<OutcomeBody> adopt(JobName job, String path) throws NotNow {
    JobSettings meant = one(job);
    String directory = Requests.directory(path, required().connections().store().root());
    Answer answer = care((taking, store) -> taking.adopt(meant, directory, store));
    return List.of(OutcomeBody.of(job.value(), answer));
  }

  private interface Caring<T> {
    T with(CareTaking taking, SavepointStore store) throws IOException, NotNow;
  }

  private <T> T care(Caring<T> caring) throws NotNow {
    try {
      return caring.with(
          new CareTaking(reports(), new LanesHand()), required().connections().store());
    } catch (IOException e) {
      throw new NotNow(NotNow.Kind.UNREACHABLE, e.getMessage());
    }
  }

  private JobSettings one(JobName job) throws NotNow {
    return reports().meant(Optional.of(job)).get(0);
  }

  private SavepointNames names() throws NotNow {
    return new SavepointNames(reports(), required().term().ledger().history());
  }

  /** Through the job's lane. */
  private final class LanesHand implements CareTaking.Hand {
    @Override
    public Answer carryOut(JobSettings job, Demand.Care demand) throws NotNow {
      return ask(job, demand).answer().join();
    }

    @Override
    public JobHistory history(JobName job) throws NotNow {
      return required().term().ledger().history().of(job);
    }
  }

  @Override
  public ScrubBody scrub(Optional<JobName> job, boolean deep, boolean repair) throws NotNow {
    Daemon.Active active = required();
    Scrubbing scrubbing = new Scrubbing(daemon.settings(), active.connections().store(), clock);
    try {
      Scrubbing.Seen seen = scrubbing.look(() -> active.term().ledger().history(), job, deep);
      return repair
          ? scrubbing.mended(seen, (meant, demand) -> ask(meant, demand).answer().join())
          : Scrubbing.told(seen);
    } catch (IOException e) {
      throw new NotNow(NotNow.Kind.UNREACHABLE, e.getMessage());
    }
  }

  @Override
  public RebuildBody rebuildLedger(boolean carryOut, boolean discard) {
    return LedgerRebuild.refused(
        "a daemon is at work here; stop it first (" + daemon.standing().word() + ")");
  }

  private record Asked(JobName job, CompletableFuture<Answer> answer) {}

  private Asked ask(JobSettings job, Demand demand) throws NotNow {
    JobName name = job.job().name();
    Lane lane =
        required()
            .term()
            .fleet()
            .lane(name)
            .orElseThrow(
                () ->
                    new NotNow(
                        NotNow.Kind.USAGE, "job " + name + " was removed from the configuration"));
    return new Asked(name, lane.demand(demand));
  }

  /** Every lane answers in the end: when the outcome is known, or when it closes. */
  private static List<OutcomeBody> outcomes(List<Asked> asked) {
    return asked.stream().map(a -> OutcomeBody.of(a.job().value(), a.answer().join())).toList();
  }

  private Daemon.Active required() throws NotNow {
    return daemon
        .active()
        .orElseThrow(
            () ->
                new NotNow(
                    NotNow.Kind.UNREACHABLE,
                    "the daemon is "
                        + daemon.standing().word()
                        + ": "
                        + daemon.standing().detail(clock.instant())));
  }
}
