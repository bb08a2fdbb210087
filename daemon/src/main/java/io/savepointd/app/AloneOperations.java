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
import io.savepointd.ledger.Ledger;
import io.savepointd.ledger.LedgerHeld;
import io.savepointd.ledger.LedgerUnreadable;
import io.savepointd.ledger.LedgerView;
import io.savepointd.ledger.LocalLocks;
import io.savepointd.model.JobName;
import io.savepointd.model.Occasion;
import io.savepointd.model.Savepoint;
import io.savepointd.model.SavepointFormat;
import io.savepointd.supervise.Answer;
import io.savepointd.supervise.Demand;
import io.savepointd.supervise.JobStatus;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a command does where no daemon runs: reads the ledger as it lies there, and changes things
 * only under its lease. It does what it is told and keeps nothing alive.
 */
final class AloneOperations implements Operations {
  private final Settings settings;
  private final Installation installation;
  private final Clock clock;
  private final Self self;
  private final HttpClient http = Connections.http();
  private final Reports reports;

  /** With the one {@code locks} of this process. */
  AloneOperations(Settings settings, Installation installation, LocalLocks locks) {
    this.settings = settings;
    this.installation = installation;
    this.clock = installation.clock();
    this.self = Self.of(installation, locks, settings.storage());
    this.reports = new Reports(settings);
  }

  @Override
  public StatusBody status() throws NotNow {
    return connected(
        connections -> {
          LedgerView view = connections.ledger().read();
          Instant now = clock.instant();
          List<StatusBody.JobBody> jobs = new ArrayList<>();
          for (JobSettings job : reports.meant(Optional.empty())) {
            JobHistory history = view.history().of(job.job().name());
            JobStatus status = Glance.at(job, history, connections, now);
            jobs.add(reports.job(job, history, status, now));
          }
          return new StatusBody(
              installation.version(),
              "absent",
              "no daemon answers on "
                  + settings.admin().socket()
                  + view.owner().map(o -> "; the ledger's last owner is " + o).orElse(""),
              connections.store().root(),
              jobs);
        });
  }

  @Override
  public SavepointsBody savepoints(Optional<JobName> job, boolean all) throws NotNow {
    return connected(
        connections -> reports.savepoints(connections.ledger().read().history(), job, all));
  }

  @Override
  public LineageBody lineage(Optional<JobName> job) throws NotNow {
    return connected(connections -> reports.lineage(connections.ledger().read().history(), job));
  }

  @Override
  public List<OutcomeBody> takeSavepoint(Optional<JobName> job, SavepointFormat format)
      throws NotNow {
    return holding(
        job,
        (hand, settingsOfJob) ->
            hand.carryOut(settingsOfJob, new Demand.Savepoint(new Occasion.Requested(), format)));
  }

  @Override
  public List<OutcomeBody> start(Optional<JobName> job, StartRequest request) throws NotNow {
    Requests.check(request, reports.meant(job).size());
    if (request.dryRun()) {
      return connected(connections -> preview(job, request, connections));
    }
    return holding(
        job,
        (hand, meant) ->
            hand.carryOut(meant, Requests.start(request, hand.history(meant), hand.store())));
  }

  private List<OutcomeBody> preview(
      Optional<JobName> job, StartRequest request, Connections connections)
      throws IOException, NotNow {
    LedgerView view = connections.ledger().read();
    List<OutcomeBody> outcomes = new ArrayList<>();
    for (JobSettings meant : reports.meant(job)) {
      JobHistory history = view.history().of(meant.job().name());
      Answer answer =
          new StartPreview(connections, clock)
              .of(meant, Requests.start(request, history, connections.store()), history);
      outcomes.add(OutcomeBody.of(meant.job().name().value(), answer));
    }
    return outcomes;
  }

  @Override
  public PruneBody prune(Optional<JobName> job, boolean dryRun) throws NotNow {
    PruneBody judged =
        connected(
            connections ->
                reports.judge(
                    reports.meant(job),
                    connections.ledger().read().history(),
                    connections.store(),
                    clock.instant()));
    return judged.with(
        dryRun
            ? List.of()
            : holding(job, (hand, meant) -> hand.carryOut(meant, new Demand.Prune())));
  }

  @Override
  public ReloadBody reload() throws NotNow {
    throw new NotNow(
        NotNow.Kind.UNREACHABLE,
        "no daemon answers on "
            + settings.admin().socket()
            + ", so there is none to reload; its start reads the configuration");
  }

  @Override
  public OutcomeBody promote() throws NotNow {
    throw new NotNow(
        NotNow.Kind.UNREACHABLE,
        "no daemon answers on "
            + settings.admin().socket()
            + ", so there is none to promote; nothing was done");
  }

  @Override
  public List<OutcomeBody> stop(JobName job) throws NotNow {
    return holding(Optional.of(job), (hand, meant) -> hand.carryOut(meant, new Demand.Stop()));
  }

  @Override
  public List<OutcomeBody> upgrade(JobName job, boolean dropState, boolean dryRun) throws NotNow {
    JobSettings named = reports.meant(Optional.of(job)).get(0);
    return dryRun
        ? connected(c -> UpgradePreview.of(named, c.ledger().read().history()))
        : holding(
            Optional.of(job), (hand, meant) -> hand.carryOut(meant, new Demand.Upgrade(dropState)));
  }

  @Override
  public List<OutcomeBody> move(JobName job, MoveRequest request) throws NotNow {
    JobSettings named = reports.meant(Optional.of(job)).get(0);
    Demand.Move move = Requests.move(request, settings);
    Optional<Answer> taken = Requests.nameTaken(move, named, settings);
    if (taken.isPresent()) {
      return List.of(OutcomeBody.of(job.value(), taken.get()));
    }
    return request.dryRun()
        ? connected(
            c -> {
              JobHistory history = c.ledger().read().history().of(job);
              Answer answer = new MovePreview(c).of(named, move, history, clock.instant());
              return List.of(OutcomeBody.of(job.value(), answer));
            })
        : holding(Optional.of(job), (hand, meant) -> hand.carryOut(meant, move));
  }

  @Override
  public List<OutcomeBody> release(JobName job) throws NotNow {
    return holding(Optional.of(job), (hand, meant) -> hand.carryOut(meant, new Demand.Release()));
  }

  @Override
  public List<OutcomeBody> pin(String savepoint, boolean on) throws NotNow {
    Savepoint named =
        connected(
            connections ->
                new SavepointNames(reports, connections.ledger().read().history()).one(savepoint));
    return holding(
        Optional.of(named.job()),
        (hand, meant) -> hand.carryOut(meant, new Demand.Pin(named.id(), on)));
  }

  /** The ledger is only taken where something is to be changed: looking may take hours. */
  @Override
  public VerifyBody verify(List<String> what, boolean deep) throws NotNow {
    return connected(
        connections -> {
          List<Savepoint> meant =
              new SavepointNames(reports, connections.ledger().read().history()).meant(what);
          List<Inspection.Finding> findings =
              new Inspection(connections.store(), clock).look(meant, deep);
          if (findings.stream().allMatch(f -> f.care().isEmpty())) {
            return CareTaking.untouched(findings, "");
          }
          try {
            return underTheLease(
                connections, hand -> new CareTaking(reports, hand).settle(findings));
          } catch (NotNow e) {
            return CareTaking.untouched(findings, e.getMessage());
          }
        });
  }

  @Override
  public List<OutcomeBody> adopt(JobName job, String path) throws NotNow {
    return holding(
        Optional.of(job),
        (hand, meant) ->
            new CareTaking(reports, hand)
                .adopt(meant, Requests.directory(path, hand.storageRoot()), hand.store()));
  }

  @Override
  public ScrubBody scrub(Optional<JobName> job, boolean deep, boolean repair) throws NotNow {
    return connected(
        connections -> {
          Scrubbing scrubbing = new Scrubbing(settings, connections.store(), clock);
          Scrubbing.Seen seen =
              scrubbing.look(() -> connections.ledger().read().history(), job, deep);
          if (!repair || !seen.anyRepair()) {
            return Scrubbing.told(seen);
          }
          try (Ledger ledger = connections.ledger().tryOpen(loss -> {})) {
            return scrubbing.mended(seen, new LoneHand(connections, ledger, clock)::carryOut);
          } catch (LedgerHeld e) {
            throw new NotNow(NotNow.Kind.UNREACHABLE, e.getMessage() + "; nothing was repaired");
          }
        });
  }

  @Override
  public RebuildBody rebuildLedger(boolean carryOut, boolean discard) throws NotNow {
    return connected(
        connections -> new LedgerRebuild(settings, clock).carryOut(connections, carryOut, discard));
  }

  private interface Work<T> {
    T with(Connections connections) throws IOException, NotNow;
  }

  private interface Handwork {
    Answer on(LoneHand hand, JobSettings job) throws IOException, NotNow;
  }

  private interface Held<T> {
    T with(LoneHand hand) throws IOException, NotNow;
  }

  private <T> T connected(Work<T> work) throws NotNow {
    try (Connections connections = Connections.open(settings, installation, self, http)) {
      return work.with(connections);
    } catch (Connections.RootUnclear e) {
      throw new NotNow(NotNow.Kind.USAGE, e.getMessage());
    } catch (LedgerUnreadable e) {
      throw new NotNow(
          NotNow.Kind.FAILED, "the ledger can't be read, so nothing was done: " + e.getMessage());
    } catch (IOException e) {
      throw new NotNow(NotNow.Kind.UNREACHABLE, e.getMessage());
    }
  }

  /** Takes the ledger, does the work for each job meant, and lets go of it. */
  private List<OutcomeBody> holding(Optional<JobName> job, Handwork work) throws NotNow {
    List<JobSettings> meant = reports.meant(job);
    return connected(
        connections ->
            underTheLease(
                connections,
                hand -> {
                  List<OutcomeBody> outcomes = new ArrayList<>();
                  for (JobSettings each : meant) {
                    outcomes.add(OutcomeBody.of(each.job().name().value(), work.on(hand, each)));
                  }
                  return outcomes;
                }));
  }

  private <T> T underTheLease(Connections connections, Held<T> work) throws IOException, NotNow {
    try (Ledger ledger = connections.ledger().tryOpen(loss -> {})) {
      return work.with(new LoneHand(connections, ledger, clock));
    } catch (LedgerHeld e) {
      throw new NotNow(
          NotNow.Kind.UNREACHABLE,
          e.getMessage() + ", and no daemon answers on " + settings.admin().socket());
    }
  }
}
