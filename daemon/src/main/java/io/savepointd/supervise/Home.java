package io.savepointd.supervise;

import io.savepointd.ledger.JobHistory;
import io.savepointd.ledger.Upgrade;
import io.savepointd.model.ClusterName;
import io.savepointd.model.Launch;
import io.savepointd.model.Run;
import java.util.Optional;

/**
 * Which cluster counts for a job at the moment: where its open run is or, without one, where the
 * next is to be started. What the configuration names comes last: a run that is looked for in the
 * wrong place would seem gone, and get a twin (rule 3). Pure; follows from the ledger.
 */
public final class Home {
  private Home() {}

  /** The cluster; it needn't be configured any more. */
  public static ClusterName of(Desired desired, JobHistory history) {
    Optional<Run> open = history.openRun();
    return open.isPresent()
        ? open.get().cluster()
        : underWay(history).orElseGet(() -> ofTheNextRun(desired, history));
  }

  /** Between the stop of one run and the start of another; also where the try has ended well. */
  private static Optional<ClusterName> underWay(JobHistory history) {
    Optional<Upgrade> upgrade =
        history.orders().upgrade().filter(u -> u.givenUp().isEmpty() && u.stopped(history));
    return upgrade
        .filter(u -> u.attempt(history).map(a -> DecideUpgrade.good(u, a, history)).orElse(true))
        .map(u -> u.to().cluster())
        .or(() -> upgrade.flatMap(u -> u.old(history)).map(Launch::cluster));
  }

  private static ClusterName ofTheNextRun(Desired desired, JobHistory history) {
    return DecideProgram.of(desired, history) instanceof Program.Kept kept
        ? kept.launch().cluster()
        : desired.job().cluster();
  }
}
