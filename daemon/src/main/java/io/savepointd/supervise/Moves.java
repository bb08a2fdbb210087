package io.savepointd.supervise;

import io.savepointd.ledger.Event;
import io.savepointd.ledger.JobHistory;
import io.savepointd.ledger.LedgerLost;
import io.savepointd.model.ClusterName;
import io.savepointd.model.Job;
import io.savepointd.model.Launch;
import io.savepointd.model.Run;
import io.savepointd.model.Secrets;
import io.savepointd.storage.StorageUnavailable;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a move begins: an upgrade to the very launch that runs, but for its cluster. From there on it
 * is stopped, started, watched and undone as every upgrade is.
 */
final class Moves {
  private static final Logger LOG = LoggerFactory.getLogger(Moves.class);

  private final Keeping keeping;
  private final Journal journal;
  private final Launchpad launchpad;
  private final Upgrades upgrades;

  Moves(Keeping keeping, Journal journal, Launchpad launchpad, Upgrades upgrades) {
    this.keeping = keeping;
    this.journal = journal;
    this.launchpad = launchpad;
    this.upgrades = upgrades;
  }

  /** Puts the move on the ledger; if that isn't to be, or needn't, why not. */
  Optional<Answer> begin(Demand.Move demand, JobStatus status) throws LedgerLost {
    JobHistory history = journal.history();
    if (!keeping.clusters().contains(demand.to())) {
      return refused(
          "no cluster '"
              + demand.to()
              + "' in the configuration; there are "
              + keeping.clusters().stream().sorted().toList());
    }
    Optional<Run> there = history.openRun().filter(r -> r.cluster().equals(demand.to()));
    if (there.isPresent() && history.orders().upgrade().isEmpty()) {
      return Optional.of(new Answer.Done(ConfiguredElsewhere.already(there.get(), keeping.job())));
    }
    Optional<Answer> refused = upgrades.refuse(history, status);
    if (refused.isPresent()) {
      return refused;
    }
    Run run = history.openRun().orElseThrow();
    Destination.Found found =
        new Destination(
                keeping.access(run.cluster()), keeping.access(demand.to()), demand.olderFlink())
            .look(run, keeping.job().runName(), history, keeping.clock().instant());
    return found instanceof Destination.Unfit unfit
        ? Optional.of(unfit.why())
        : begin(run, demand.to(), ((Destination.Fit) found).remark());
  }

  private Optional<Answer> begin(Run run, ClusterName to, String remark) throws LedgerLost {
    Launch old = run.launch().orElseThrow();
    try {
      Optional<Answer> noWayBack = upgrades.noWayBack(run, old);
      if (noWayBack.isPresent()) {
        return noWayBack;
      }
      try (Launchpad.Ready ready = launchpad.elsewhere(old, to)) {
        if (keeping.access(to).showsArguments() && holdsSecrets(ready.job())) {
          return refused(
              "what run "
                  + run.id()
                  + " was started with holds a secret, and cluster "
                  + to
                  + " starts its runs by `flink run` (launch.flink-home), whose arguments everybody"
                  + " on this machine can read");
        }
        Instant at = journal.history().afterAllAskedFor(keeping.clock().instant());
        LOG.info(
            "event=move.begun run={} from={} to={} remark=\"{}\"",
            run.id(),
            old.cluster(),
            to,
            remark);
        journal.write(
            new Event.UpgradeIntended(at, keeping.name(), run.id(), ready.launch(), false));
        return Optional.empty();
      }
    } catch (Launchpad.NotReady e) {
      return Optional.of(Upgrades.notBegun(e));
    } catch (StorageUnavailable e) {
      return Optional.of(new Answer.Unreachable(e.getMessage()));
    }
  }

  private static boolean holdsSecrets(Job job) {
    return !Secrets.inArgs(job.args()).equals(job.args())
        || !Secrets.inFlinkConfiguration(job.flinkConfiguration()).equals(job.flinkConfiguration());
  }

  private static Optional<Answer> refused(String why) {
    return Optional.of(new Answer.Refused(why));
  }
}
