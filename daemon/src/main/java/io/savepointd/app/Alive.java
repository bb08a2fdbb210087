package io.savepointd.app;

import io.savepointd.config.JobSettings;
import io.savepointd.flink.RunSeen;
import io.savepointd.ledger.JobHistory;
import io.savepointd.supervise.ClusterView;
import java.util.List;
import java.util.Optional;

/**
 * The run of a job that is alive by one look at its cluster, found as the job's keeper finds it.
 *
 * @param run the run, if there is just one
 * @param tooMany why none of several can be said to be it
 */
record Alive(Optional<RunSeen> run, Optional<String> tooMany) {
  static Alive of(JobSettings job, JobHistory history, ClusterView.Seen seen) {
    Optional<RunSeen> open =
        history.openRun().flatMap(r -> seen.run(r.id())).filter(r -> !r.state().globallyTerminal());
    if (open.isPresent()) {
      return new Alive(open, Optional.empty());
    }
    List<RunSeen> alive = seen.aliveOf(job.job().runName(), history);
    return alive.size() > 1
        ? new Alive(
            Optional.empty(),
            Optional.of(
                alive.size()
                    + " runs of the job or named '"
                    + job.job().runName()
                    + "' are on the cluster: cancel all but one"))
        : new Alive(alive.stream().findFirst(), Optional.empty());
  }
}
