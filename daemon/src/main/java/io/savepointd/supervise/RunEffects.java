package io.savepointd.supervise;

import io.savepointd.flink.CheckpointFacts;
import io.savepointd.flink.ClusterUnavailable;
import io.savepointd.flink.RunSeen;
import io.savepointd.flink.Submission;
import io.savepointd.flink.SubmitOutcome;
import io.savepointd.ledger.Event;
import io.savepointd.ledger.LedgerLost;
import io.savepointd.model.Job;
import io.savepointd.model.Origin;
import io.savepointd.model.Run;
import io.savepointd.model.RunEnd;
import io.savepointd.model.RunId;
import io.savepointd.supervise.JobStatus.State;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done about runs: each effect after its intent, each outcome on the ledger. A returned
 * wait says why nothing more can be done for now.
 */
final class RunEffects {
  private static final Logger LOG = LoggerFactory.getLogger(RunEffects.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Ten times what Flink's statistics can lag behind. */
  private static final Duration STATISTICS_DEADLINE = Duration.ofSeconds(30);

  private final Job job;
  private final boolean allowNonRestoredState;
  private final World world;
  private final Journal journal;
  private Optional<Observed.Submitted> submitted = Optional.empty();

  RunEffects(Job job, boolean allowNonRestoredState, World world, Journal journal) {
    this.job = job;
    this.allowNonRestoredState = allowNonRestoredState;
    this.world = world;
    this.journal = journal;
  }

  /** The last submission made here. */
  Optional<Observed.Submitted> submitted() {
    return submitted;
  }

  Optional<Action.Wait> submit(Origin origin) throws LedgerLost {
    return send(world.ids().newRun(), origin);
  }

  Optional<Action.Wait> resubmit(Run run) throws LedgerLost {
    LOG.warn("event=run.resubmit run={} reason=\"outcome of the submission unknown\"", run.id());
    return send(run.id(), run.origin());
  }

  private Optional<Action.Wait> send(RunId run, Origin origin) throws LedgerLost {
    String digest;
    try {
      digest = world.jarDigest().of(job.jar());
    } catch (IOException e) {
      return Optional.of(pause(State.HELD, "jar " + job.jar() + " can't be read: " + e));
    }
    journal.write(
        new Event.RunIntended(
            now(), job.name(), run, job.cluster(), origin, digest, job.args(), job.parallelism()));
    Optional<String> path =
        origin instanceof Origin.Restored from ? Optional.of(from.path()) : Optional.empty();
    LOG.info("event=run.submit run={} from={}", run, path.orElse("nothing"));
    SubmitOutcome outcome =
        world.cluster().submit(new Submission(run, job, digest, path, allowNonRestoredState));
    submitted = Optional.of(new Observed.Submitted(run, now(), outcome));
    if (outcome instanceof SubmitOutcome.Refused refused) {
      return notStarted(run, "refused by the cluster: " + refused.reason());
    }
    if (outcome instanceof SubmitOutcome.JarUnusable unusable) {
      return notStarted(run, unusable.reason());
    }
    if (outcome instanceof SubmitOutcome.Unknown unknown) {
      LOG.warn(
          "event=run.submit.unknown run={} reason=\"{}\" next=\"it will be asked about by its id\"",
          run,
          unknown.reason());
    }
    return Optional.empty();
  }

  private Optional<Action.Wait> notStarted(RunId run, String reason) throws LedgerLost {
    LOG.warn("event=run.not_started run={} reason=\"{}\"", run, reason);
    journal.write(new Event.RunNotStarted(now(), job.name(), run, reason));
    return Optional.empty();
  }

  Optional<Action.Wait> adopt(RunSeen seen) throws LedgerLost {
    Optional<CheckpointFacts> facts;
    try {
      facts = world.cluster().checkpoints(seen.id());
    } catch (ClusterUnavailable e) {
      return Optional.of(pause(State.UNREACHABLE, e.getMessage()));
    }
    Origin origin =
        facts
            .flatMap(CheckpointFacts::restoredFrom)
            .<Origin>map(Origin.Restored::new)
            .orElseGet(Origin.Adopted::new);
    LOG.info("event=run.adopted run={} name=\"{}\" state={}", seen.id(), seen.name(), seen.state());
    journal.write(new Event.RunAdopted(now(), job.name(), seen.id(), job.cluster(), origin));
    return Optional.empty();
  }

  /**
   * Rule 5: the cluster itself must say that it restored from that very path, or from nothing where
   * nothing was asked for (a cluster-wide {@code execution.state-recovery.path} could interfere).
   */
  Optional<Action.Wait> confirmStart(Run run) throws LedgerLost {
    Optional<String> asked =
        run.origin() instanceof Origin.Restored from ? Optional.of(from.path()) : Optional.empty();
    Optional<String> restored;
    try {
      restored = world.cluster().checkpoints(run.id()).flatMap(CheckpointFacts::restoredFrom);
    } catch (ClusterUnavailable e) {
      return Optional.of(pause(State.STARTING, e.getMessage()));
    }
    boolean same =
        asked.isPresent() == restored.isPresent()
            && (asked.isEmpty() || samePath(restored.orElseThrow(), asked.get()));
    if (same) {
      return started(run);
    }
    if (restored.isEmpty() && now().isBefore(run.intendedAt().plus(STATISTICS_DEADLINE))) {
      // The statistics are a copy up to 3 s old (FLINK-FACTS), so an empty answer may be one of
      // before.
      return Optional.of(
          new Action.Wait(
              State.STARTING,
              "all tasks running; waiting for Flink to say what was restored",
              now().plusMillis(300)));
    }
    return cancel(
        run,
        "it was to start from "
            + asked.orElse("nothing")
            + " but started from "
            + restored.orElse("nothing"));
  }

  private Optional<Action.Wait> started(Run run) throws LedgerLost {
    journal.write(new Event.RunStarted(now(), job.name(), run.id()));
    LOG.info(
        "event=run.started run={} origin={} took_ms={}",
        run.id(),
        run.origin(),
        Duration.between(run.intendedAt(), now()).toMillis());
    return Optional.empty();
  }

  Optional<Action.Wait> cancel(Run run, String reason) throws LedgerLost {
    LOG.warn("event=run.cancel run={} reason=\"{}\"", run.id(), reason);
    journal.write(new Event.CancelIntended(now(), job.name(), run.id(), reason));
    try {
      world.cluster().cancel(run.id());
      return Optional.empty();
    } catch (ClusterUnavailable e) {
      return Optional.of(pause(State.CANCELLING, e.getMessage()));
    }
  }

  Optional<Action.Wait> recordEnd(Run run, RunEnd end) throws LedgerLost {
    String reason = "";
    try {
      if (end == RunEnd.GONE && world.cluster().find(run.id()).isPresent()) {
        return Optional.of(pause(State.UNREACHABLE, "run known but not in the overview"));
      }
      if (end == RunEnd.FAILED) {
        reason = world.cluster().failureCause(run.id()).orElse("");
      }
    } catch (ClusterUnavailable e) {
      return Optional.of(pause(State.UNREACHABLE, e.getMessage()));
    }
    if (reason.isEmpty()) {
      reason = run.phase() instanceof Run.Phase.Cancelling c ? c.reason() : end.name();
    }
    LOG.warn("event=run.ended run={} end={} reason=\"{}\"", run.id(), end, reason);
    journal.write(new Event.RunEnded(now(), job.name(), run.id(), end, reason));
    return Optional.empty();
  }

  /** Notes the run's first checkpoint of its own; false if it has none yet, or nobody can say. */
  boolean noteCheckpoint(Run run) throws LedgerLost {
    try {
      if (world.cluster().checkpoints(run.id()).filter(c -> c.completed() > 0).isEmpty()) {
        return false;
      }
    } catch (ClusterUnavailable e) {
      LOG.debug("event=run.checkpoints.unknown run={}", run.id(), e);
      return false;
    }
    journal.write(new Event.RunCheckpointed(now(), job.name(), run.id()));
    return true;
  }

  private Action.Wait pause(State state, String detail) {
    return new Action.Wait(state, detail, now().plus(PAUSE));
  }

  private Instant now() {
    return world.clock().instant();
  }

  /**
   * {@code file:/x} and {@code file:///x/} are one path; Flink and Hadoop write them differently.
   */
  static boolean samePath(String one, String other) {
    return normal(one).equals(normal(other));
  }

  private static String normal(String path) {
    URI uri = URI.create(path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    String authority = uri.getAuthority() == null ? "" : uri.getAuthority();
    return uri.getScheme() + "://" + authority + uri.getPath();
  }
}
