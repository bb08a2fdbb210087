package io.savepointd.supervise;

import io.savepointd.flink.RunSeen;
import io.savepointd.ledger.JobHistory;
import io.savepointd.ledger.Upgrade;
import io.savepointd.model.ClusterName;
import io.savepointd.model.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When a move is given up before anything was sent to the new cluster; the part of {@link
 * DecideUpgrade} that concerns the other cluster alone. From the first submission on nothing of
 * this counts any more: that run must be known to be over.
 */
final class DecideMove {
  private DecideMove() {}

  /**
   * The new cluster doesn't answer: the job isn't kept down for longer than an upgrade may take.
   */
  static Optional<Action> unreachable(
      String reason, Desired desired, JobHistory history, Instant now) {
    Optional<Upgrade> move = untried(history);
    if (move.isEmpty()) {
      return Optional.empty();
    }
    ClusterName to = move.get().to().cluster();
    if (!desired.clusters().contains(to)) {
      return giveUp("cluster " + to + " was removed from the configuration");
    }
    Duration patience = desired.settings().upgradeTimeout();
    Optional<Instant> down = history.run(move.get().from()).map(RestartBackoff::endOf);
    return down.filter(at -> !now.isBefore(at.plus(patience))).isPresent()
        ? giveUp("cluster " + to + " couldn't be asked for " + Words.of(patience) + ": " + reason)
        : Optional.empty();
  }

  /** Somebody else's run bears the job's name there: it must not be taken for the job's own. */
  static Optional<Action> occupied(List<RunSeen> named, JobHistory history) {
    return untried(history)
        .flatMap(
            move ->
                named.stream()
                    .filter(run -> history.run(run.id()).isEmpty())
                    .findFirst()
                    .flatMap(
                        run ->
                            giveUp(
                                "run "
                                    + run.id()
                                    + " on cluster "
                                    + move.to().cluster()
                                    + " bears the job's name '"
                                    + run.name()
                                    + "'")));
  }

  /** A move whose run is stopped and in whose place nothing was ever submitted. */
  private static Optional<Upgrade> untried(JobHistory history) {
    return history
        .orders()
        .upgrade()
        .filter(u -> u.givenUp().isEmpty() && history.orders().hold().isEmpty())
        .filter(u -> u.movesTo(history).isPresent() && history.openRun().isEmpty())
        .filter(u -> u.savepoint(history).isPresent() && u.attempt(history).isEmpty());
  }

  private static Optional<Action> giveUp(String reason) {
    return Optional.of(new Action.GiveUpUpgrade(Optional.empty(), reason));
  }
}
