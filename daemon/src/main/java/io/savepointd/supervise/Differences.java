package io.savepointd.supervise;

import io.savepointd.ledger.JobHistory;
import io.savepointd.ledger.Upgrade;
import io.savepointd.model.Launch;
import io.savepointd.model.Run;
import java.io.IOException;
import java.util.Optional;

/** In what a job runs otherwise than its configuration says, and what is being done about it. */
final class Differences {
  private final Keeping keeping;
  private final Journal journal;
  private final Launchpad launchpad;

  Differences(Keeping keeping, Journal journal, Launchpad launchpad) {
    this.keeping = keeping;
    this.journal = journal;
    this.launchpad = launchpad;
  }

  /** What {@code status} adds for people; empty if there is nothing to add. */
  String footnote() {
    JobHistory history = journal.history();
    if (history.orders().upgrade().isPresent()) {
      return underWay(history.orders().upgrade().get(), history);
    }
    Optional<Run> open = history.openRun();
    if (open.isEmpty()) {
      return nextElsewhere(history);
    }
    if (!open.get().cluster().equals(keeping.job().cluster())) {
      return "; " + ConfiguredElsewhere.words(open.get(), keeping.job()) + lastFailure(history);
    }
    return open.get().launch().filter(Launch::kept).map(runs -> edited(runs, history)).orElse("");
  }

  private static String underWay(Upgrade upgrade, JobHistory history) {
    String what = upgrade.movesTo(history).map(to -> "move to cluster " + to).orElse("upgrade");
    return upgrade
        .givenUp()
        .map(given -> "; the " + what + " is undone: " + given.reason())
        .orElse("; " + (what.startsWith("u") ? "an " : "a ") + what + " is under way");
  }

  /** A start as configured would leave the cluster that the job was on. */
  private String nextElsewhere(JobHistory history) {
    return Deaths.lastOver(history)
        .filter(last -> last.startedAt().isPresent())
        .filter(last -> !last.cluster().equals(keeping.job().cluster()))
        .map(
            last ->
                "; its last run was on cluster "
                    + last.cluster()
                    + ": `start` and `release` start it on "
                    + keeping.job().cluster()
                    + ", as the configuration says")
        .orElse("");
  }

  private String edited(Launch runs, JobHistory history) {
    String changes;
    try {
      Launch configured = launchpad.glance();
      if (configured.same(runs)) {
        return "";
      }
      changes = String.join(", ", runs.changesTo(configured));
    } catch (IOException e) {
      changes = "the jar can't be read";
    }
    return "; the configuration differs from what runs ("
        + changes
        + "): `savepointd upgrade "
        + keeping.name()
        + "` applies it"
        + lastFailure(history);
  }

  private static String lastFailure(JobHistory history) {
    return history
        .orders()
        .lastUpgrade()
        .filter(last -> !last.applied())
        .map(last -> "; that of " + last.at() + " came to nothing: " + last.words())
        .orElse("");
  }
}
