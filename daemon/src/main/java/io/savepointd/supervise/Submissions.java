package io.savepointd.supervise;

import io.savepointd.flink.ClusterUnavailable;
import io.savepointd.flink.Submission;
import io.savepointd.flink.SubmitOutcome;
import io.savepointd.ledger.Event;
import io.savepointd.ledger.LedgerLost;
import io.savepointd.model.JobName;
import io.savepointd.model.Launch;
import io.savepointd.model.LaunchId;
import io.savepointd.model.Origin;
import io.savepointd.model.Run;
import io.savepointd.model.RunEnd;
import io.savepointd.model.RunId;
import io.savepointd.model.Savepoint;
import io.savepointd.model.TriggerId;
import io.savepointd.supervise.JobStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends runs to the cluster, each under the id that its intent names. A returned wait says why
 * nothing more can be done for now.
 */
final class Submissions {
  private static final Logger LOG = LoggerFactory.getLogger(Submissions.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final JobName name;
  private final Keeping keeping;
  private final Journal journal;
  private final Launchpad launchpad;
  private Optional<Observed.Submitted> submitted = Optional.empty();

  Submissions(Keeping keeping, Journal journal, Launchpad launchpad) {
    this.name = keeping.name();
    this.keeping = keeping;
    this.journal = journal;
    this.launchpad = launchpad;
  }

  /** The last submission made here. */
  Optional<Observed.Submitted> submitted() {
    return submitted;
  }

  Optional<Action.Wait> submit(RunId run, Origin origin, Program program) throws LedgerLost {
    return send(run, origin, program, false);
  }

  Optional<Action.Wait> resubmit(Run run) throws LedgerLost {
    LOG.info("event=run.resubmit run={} reason=\"outcome of the submission unknown\"", run.id());
    boolean kept = run.launch().filter(Launch::kept).isPresent();
    if (!kept && !run.cluster().equals(keeping.job().cluster())) {
      return Optional.of(
          pause(
              State.HELD,
              "whether cluster "
                  + run.cluster()
                  + " has taken run "
                  + run.id()
                  + " isn't known, and the configuration now says "
                  + keeping.job().cluster()
                  + ": say "
                  + run.cluster()
                  + " again"));
    }
    Program same =
        run.launch()
            .filter(Launch::kept)
            .<Program>map(launch -> new Program.Kept(launch, run.dropState()))
            .orElseGet(Program.Configured::new);
    return send(run.id(), run.origin(), same, true);
  }

  private Optional<Action.Wait> send(RunId run, Origin origin, Program program, boolean again)
      throws LedgerLost {
    try (Launchpad.Ready ready = launchpad.ready(program)) {
      return send(run, origin, ready, program.dropState(), again);
    } catch (Launchpad.NotReady e) {
      if (e.lost() && !again && upgradesTo(program)) {
        LOG.warn(
            "event=upgrade.given-up reason=\"{}\" next=\"back to what was running before\"",
            e.getMessage());
        journal.write(new Event.UpgradeGivenUp(now(), name, e.getMessage()));
        return Optional.empty();
      }
      return Optional.of(pause(e.state(), e.getMessage()));
    }
  }

  private boolean upgradesTo(Program program) {
    return program instanceof Program.Kept kept
        && journal
            .history()
            .orders()
            .upgrade()
            .filter(upgrade -> upgrade.givenUp().isEmpty() && upgrade.to().same(kept.launch()))
            .isPresent();
  }

  private Optional<Action.Wait> send(
      RunId run, Origin origin, Launchpad.Ready ready, boolean dropState, boolean again)
      throws LedgerLost {
    Launch launch = ready.launch();
    journal.write(new Event.RunIntended(now(), name, run, origin, launch, dropState));
    Optional<String> path =
        origin instanceof Origin.Restored from ? Optional.of(from.path()) : Optional.empty();
    if (!again && path.filter(this::condemned).isPresent()) {
      return notStarted(run, path.get() + " has been condemned by retention meanwhile");
    }
    LOG.info(
        "event=run.submit run={} from={} jar={} launch={}",
        run,
        path.orElse("nothing"),
        launch.jarDigest(),
        launch.id().map(LaunchId::value).orElse("-"));
    SubmitOutcome outcome =
        keeping
            .access(launch.cluster())
            .cluster()
            .submit(
                new Submission(
                    run,
                    ready.job(),
                    launch.jarDigest(),
                    path,
                    launch.allowNonRestoredState() || dropState));
    submitted = Optional.of(new Observed.Submitted(run, now(), outcome));
    if (outcome instanceof SubmitOutcome.Refused refused) {
      String reason = "refused by the cluster: " + refused.reason();
      return again ? notAgain(run, reason) : notStarted(run, reason);
    }
    if (outcome instanceof SubmitOutcome.JarUnusable unusable) {
      return again ? notAgain(run, unusable.reason()) : notStarted(run, unusable.reason());
    }
    if (outcome instanceof SubmitOutcome.NotSent never) {
      // Of the first submission, which may still be on its way, nothing was learnt by this.
      return again
          ? Optional.of(pause(State.STARTING, "can't be sent again: " + never.reason()))
          : notStarted(run, never.reason());
    }
    if (outcome instanceof SubmitOutcome.Unknown unknown) {
      LOG.info(
          "event=run.submit.unknown run={} reason=\"{}\" next=\"it will be asked about by its id\"",
          run,
          unknown.reason());
    }
    return Optional.empty();
  }

  private Optional<Action.Wait> notStarted(RunId run, String reason) throws LedgerLost {
    LOG.warn("event=run.not_started run={} reason=\"{}\"", run, reason);
    journal.write(new Event.RunNotStarted(now(), name, run, reason));
    return Optional.empty();
  }

  /**
   * A resend that failed says nothing of the first submission, which may have been taken: so the
   * run may have had state, and may even be alive.
   */
  private Optional<Action.Wait> notAgain(RunId run, String reason) throws LedgerLost {
    try {
      if (keeping.clusterOf(run).find(run).isPresent()) {
        return Optional.empty();
      }
    } catch (ClusterUnavailable e) {
      return Optional.of(pause(State.UNREACHABLE, e.getMessage()));
    }
    LOG.info("event=run.gone run={} reason=\"{}\"", run, reason);
    journal.write(new Event.RunEnded(now(), name, run, RunEnd.GONE, reason));
    return Optional.empty();
  }

  /**
   * Another job's retention writes its intent and then asks who needs the savepoint; here the
   * intent comes first too. So of two lanes at least one sees the other's, and no run loses what it
   * starts from. Within one job, one lane does both, one after the other.
   */
  private boolean condemned(String path) {
    return journal.all().stream()
        .filter(h -> !h.job().equals(name))
        .flatMap(h -> h.savepoints().stream())
        .filter(s -> s.state() == Savepoint.State.EXPIRED || s.state() == Savepoint.State.DELETED)
        .anyMatch(s -> Paths.same(s.path(), path) || Paths.maybeWithin(directoryOf(s), path));
  }

  /** What goes with it as a whole. */
  private String directoryOf(Savepoint savepoint) {
    return keeping.store().directoryOf(savepoint.job(), new TriggerId(savepoint.id().value()));
  }

  private Action.Wait pause(State state, String detail) {
    return new Action.Wait(state, detail, now().plus(PAUSE));
  }

  private Instant now() {
    return keeping.clock().instant();
  }
}
