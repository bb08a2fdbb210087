package io.savepointd.model;

import java.time.Instant;
import java.util.Optional;

/**
 * One execution of a job on a cluster, as the ledger tells it.
 *
 * @param intendedAt when its submission was put on the ledger, or when it was adopted
 * @param startedAt when all its tasks were first known to run; empty if that was never seen
 * @param checkpointed whether it has completed a checkpoint of its own, so that it no longer needs
 *     the one it was restored from
 * @param launch what it was started with; empty for one that was found running and adopted
 * @param dropState whether a person has allowed, for this start alone, that state which the program
 *     has no place for is dropped
 * @param checkpoints where its checkpoints lie, once it is known
 */
public record Run(
    RunId id,
    JobName job,
    ClusterName cluster,
    Origin origin,
    Instant intendedAt,
    Phase phase,
    Optional<Instant> startedAt,
    boolean checkpointed,
    Optional<Launch> launch,
    boolean dropState,
    Optional<CheckpointHome> checkpoints) {

  /** How far a run has come. */
  public sealed interface Phase {
    /** The intent stands; whether the cluster took it is not known yet. */
    record Intended() implements Phase {}

    /** All its tasks were seen running, from the origin that was asked for. */
    record Started(Instant at) implements Phase {}

    /** The cluster definitely never ran it. */
    record NotStarted(Instant at, String reason) implements Phase {}

    /** We are about to cancel it, or have asked for it. */
    record Cancelling(Instant at, String reason) implements Phase {}

    /** It is over. */
    record Ended(Instant at, RunEnd end, String reason) implements Phase {}
  }

  /** The same run, come as far as {@code next}. */
  public Run in(Phase next) {
    Optional<Instant> started =
        next instanceof Phase.Started s ? startedAt.or(() -> Optional.of(s.at())) : startedAt;
    return new Run(
        id,
        job,
        cluster,
        origin,
        intendedAt,
        next,
        started,
        checkpointed,
        launch,
        dropState,
        checkpoints);
  }

  /** The same run, found on that cluster. */
  public Run on(ClusterName found) {
    return new Run(
        id,
        job,
        found,
        origin,
        intendedAt,
        phase,
        startedAt,
        checkpointed,
        launch,
        dropState,
        checkpoints);
  }

  /**
   * The same run, now with a checkpoint of its own.
   *
   * @param home where it lies, if that is known
   */
  public Run withCheckpoint(Optional<CheckpointHome> home) {
    return new Run(
        id,
        job,
        cluster,
        origin,
        intendedAt,
        phase,
        startedAt,
        true,
        launch,
        dropState,
        home.or(() -> checkpoints));
  }

  /**
   * Whether we have cancelled it before it was known what it began from: that may be something else
   * than was asked for, so what it has left counts for nothing. A cancel by others has no reason.
   */
  public boolean calledOff() {
    return startedAt.isEmpty()
        && phase instanceof Phase.Ended ended
        && ended.end() == RunEnd.CANCELED
        && !ended.reason().equals(RunEnd.CANCELED.name());
  }

  /** Whether it may still be alive on its cluster. */
  public boolean open() {
    return !(phase instanceof Phase.Ended || phase instanceof Phase.NotStarted);
  }
}
