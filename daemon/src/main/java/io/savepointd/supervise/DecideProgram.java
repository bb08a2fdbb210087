package io.savepointd.supervise;

import io.savepointd.ledger.JobHistory;
import io.savepointd.model.Launch;
import io.savepointd.model.Run;
import java.util.Optional;

/**
 * What a start takes: the configuration where a person has decided for it, and what was running
 * where it only brings the job back. The part of {@link Decide} about that.
 */
final class DecideProgram {
  private DecideProgram() {}

  static Program of(Desired desired, JobHistory history) {
    Optional<Launch> old =
        history
            .orders()
            .upgrade()
            .filter(upgrade -> upgrade.givenUp().isPresent())
            .flatMap(upgrade -> upgrade.old(history));
    if (old.isPresent()) {
      return new Program.Kept(old.get(), false);
    }
    return asConfigured(desired, history)
        ? new Program.Configured()
        : running(desired, history)
            .<Program>map(launch -> new Program.Kept(launch, false))
            .orElseGet(Program.Configured::new);
  }

  /** `start` was said, or a stop or a hold lifted after the last run had ended. */
  private static boolean asConfigured(Desired desired, JobHistory history) {
    return desired
        .start()
        .map(Demand.Start::from)
        .map(f -> f instanceof Demand.From.Usual || f instanceof Demand.From.Nothing)
        .orElse(history.orders().lifted());
  }

  /**
   * The last run's launch, if any run has ever been seen running by it: one that never came up is
   * no better than what the configuration says by now.
   */
  private static Optional<Launch> running(Desired desired, JobHistory history) {
    return history.runs().stream()
        .reduce((first, second) -> second)
        .flatMap(Run::launch)
        .filter(Launch::kept)
        .filter(launch -> desired.clusters().contains(launch.cluster()))
        .filter(
            launch ->
                history.runs().stream()
                    .filter(run -> run.startedAt().isPresent())
                    .anyMatch(run -> run.launch().filter(launch::same).isPresent()));
  }
}
