package io.savepointd.supervise;

import io.savepointd.flink.CheckpointFacts;
import io.savepointd.flink.ClusterUnavailable;
import io.savepointd.ledger.Event;
import io.savepointd.ledger.LedgerLost;
import io.savepointd.model.CheckpointHome;
import io.savepointd.model.CheckpointPath;
import io.savepointd.model.CheckpointRetention;
import io.savepointd.model.Run;
import io.savepointd.model.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes a run's first checkpoint of its own, and where its checkpoints lie, so that they are found
 * when the cluster is gone: once for each run, since the ledger must not grow with checkpoints.
 */
final class CheckpointNotes {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointNotes.class);

  /** Flink renews its statistics no more often ({@code web.refresh-interval}). */
  private static final Duration LOOK = Duration.ofSeconds(3);

  private final Keeping keeping;
  private final Journal journal;
  private Instant nextLook = Instant.MIN;
  private Optional<RunId> answered = Optional.empty();
  private Optional<RunId> warned = Optional.empty();

  CheckpointNotes(Keeping keeping, Journal journal) {
    this.keeping = keeping;
    this.journal = journal;
  }

  /** Asks now and then whether the open run stands on its own feet; true once that is noted. */
  boolean tend() throws LedgerLost {
    Optional<Run> open = journal.history().openRun();
    Instant now = keeping.clock().instant();
    boolean noted = false;
    if (open.filter(run -> !settled(run)).isPresent() && !now.isBefore(nextLook)) {
      nextLook = now.plus(LOOK);
      noted = note(open.get());
    }
    warn();
    return noted;
  }

  /** What isn't named now won't be for this run. */
  private boolean settled(Run run) {
    return run.checkpointed()
        && (run.checkpoints().isPresent() || answered.filter(run.id()::equals).isPresent());
  }

  /**
   * Asks now; false if it has no checkpoint yet, or nobody can say. Savepoints don't count: Flink
   * doesn't recover from those taken on the way (since 1.15), so until a checkpoint is complete the
   * run still stands on what it was restored from.
   */
  boolean note(Run run) throws LedgerLost {
    Optional<CheckpointFacts> facts;
    try {
      facts =
          keeping.clusterOf(run.id()).checkpoints(run.id()).filter(CheckpointFacts::checkpointed);
    } catch (ClusterUnavailable e) {
      LOG.debug("event=run.checkpoints.unknown run={}", run.id(), e);
      return false;
    }
    if (facts.isEmpty()) {
      return false;
    }
    Optional<CheckpointHome> home = home(run.id(), facts.get());
    if (!run.checkpointed() || home.isPresent()) {
      journal.write(
          new Event.RunCheckpointed(keeping.clock().instant(), keeping.name(), run.id(), home));
    }
    return true;
  }

  private Optional<CheckpointHome> home(RunId run, CheckpointFacts facts) {
    Optional<String> directory =
        facts
            .completed()
            .map(keeping.store()::spelled)
            .flatMap(CheckpointPath::of)
            .filter(path -> path.run().equals(run))
            .map(CheckpointPath::directory);
    try {
      Optional<CheckpointRetention> kept =
          directory.isEmpty() ? Optional.empty() : keeping.clusterOf(run).checkpointRetention(run);
      answered = Optional.of(run);
      return directory.map(
          found -> new CheckpointHome(found, kept.orElse(CheckpointRetention.NEVER)));
    } catch (ClusterUnavailable e) {
      LOG.debug("event=run.checkpoints.unknown run={}", run, e);
      return Optional.empty();
    }
  }

  /** Once for each run. */
  private void warn() {
    Optional<Run> run =
        journal.history().openRun().filter(open -> warned.filter(open.id()::equals).isEmpty());
    Optional<String> trouble = run.flatMap(this::trouble);
    if (trouble.isPresent()) {
      warned = run.map(Run::id);
      LOG.warn("event=checkpoints.not-kept reason=\"{}\"", trouble.get());
    }
  }

  /** What {@code status} adds for people; empty if there is nothing to add. */
  String footnote() {
    return journal.history().openRun().flatMap(this::trouble).map(why -> "; " + why).orElse("");
  }

  private Optional<String> trouble(Run run) {
    boolean wanted =
        keeping.supervision().restore().from() == SupervisionSettings.From.LATEST_STATE;
    return wanted && settled(run) ? KeptCheckpoints.trouble(run) : Optional.empty();
  }
}
