package io.savepointd.supervise;

import static java.time.temporal.ChronoUnit.SECONDS;

import io.savepointd.flink.CheckpointFacts;
import io.savepointd.flink.SubmitOutcome;
import io.savepointd.flink.TriggerOutcome;
import io.savepointd.model.RunId;
import io.savepointd.model.Trigger;
import io.savepointd.model.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a look at the world has shown, as far as the job's present situation calls for it.
 *
 * @param looksMissing how many looks in a row an answering cluster has not shown the open run
 * @param missingSince when the first of these looks was, with an answer to each look since
 * @param submitted the last submission this process has made, for the open run only
 * @param trigger the oldest open trigger with its outcome
 * @param restorePoint looked for only when a decision calls for it
 * @param freeSlots the cluster's, asked only while a run takes its time to start
 */
public record Observed(
    ClusterView cluster,
    int looksMissing,
    Instant missingSince,
    Optional<Submitted> submitted,
    Optional<TriggerSeen> trigger,
    RestorePoint restorePoint,
    OptionalInt freeSlots) {

  /** What was seen where it doesn't matter since when a run has been missing. */
  public Observed(
      ClusterView cluster,
      int looksMissing,
      Optional<Submitted> submitted,
      Optional<TriggerSeen> trigger,
      RestorePoint restorePoint,
      OptionalInt freeSlots) {
    this(cluster, looksMissing, Instant.MIN, submitted, trigger, restorePoint, freeSlots);
  }

  /** A submission and what the cluster answered. */
  public record Submitted(RunId run, Instant at, SubmitOutcome outcome) {}

  /**
   * An open trigger and what is known of it.
   *
   * @param askAgainFrom if the cluster doesn't know it, it isn't sent again before this
   * @param lookAgainFrom the storage couldn't tell: nothing is done about it before this
   * @param deadline after this its outcome is no longer waited for
   * @param written how far its savepoint has come, where that is known
   */
  public record TriggerSeen(
      Trigger trigger,
      TriggerOutcome outcome,
      Instant askAgainFrom,
      Instant lookAgainFrom,
      Instant deadline,
      Optional<CheckpointFacts.Written> written) {

    /** In words, such as {@code savepoint 12/80 tasks, 41s}. */
    String progress(Instant now) {
      Duration lasting = Duration.between(trigger.intendedAt(), now);
      return "savepoint "
          + written.map(w -> w.subtasks() + "/" + w.of() + " tasks").orElse("under way")
          + (lasting.toSeconds() < 1 ? "" : ", " + Words.of(lasting.truncatedTo(SECONDS)));
    }
  }
}
