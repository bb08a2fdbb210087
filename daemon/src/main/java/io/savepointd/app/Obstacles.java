package io.savepointd.app;

import io.savepointd.config.JobSettings;
import io.savepointd.config.Settings;
import io.savepointd.flink.LocationSettings;
import io.savepointd.ledger.History;
import io.savepointd.ledger.JobHistory;
import io.savepointd.model.JobName;
import io.savepointd.model.Run;
import io.savepointd.supervise.ClusterView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Why a configuration can't take the place of another while jobs run by it: a run that is looked
 * for in the wrong place would seem gone, and get a twin (rule 3).
 */
final class Obstacles {
  private final Settings before;
  private final Settings next;

  Obstacles(Settings before, Settings next) {
    this.before = before;
    this.next = next;
  }

  /** Jobs that stay and whose runs are looked for elsewhere, or by another name, from now on. */
  List<JobName> moved() {
    return before.jobs().keySet().stream()
        .filter(next.jobs()::containsKey)
        .filter(job -> !place(before, job).equals(place(next, job)))
        .sorted()
        .toList();
  }

  /** Where a job's runs are found. */
  private record Place(String cluster, LocationSettings location, String runName) {
    boolean sameRuns(Place other) {
      return location.equals(other.location) && runName.equals(other.runName);
    }
  }

  private static Place place(Settings settings, JobName name) {
    JobSettings job = settings.jobs().get(name);
    return new Place(
        job.job().cluster().value(),
        settings.clusters().get(job.job().cluster()).location(),
        job.job().runName());
  }

  /** Jobs that would take another's run for their own; pure. */
  List<String> takenNames() {
    List<String> reasons = new ArrayList<>();
    for (JobName job : next.jobs().keySet()) {
      for (JobName other : before.jobs().keySet()) {
        if (!job.equals(other) && place(next, job).sameRuns(place(before, other))) {
          reasons.add(
              "job "
                  + job
                  + ": its runs would bear the name '"
                  + place(next, job).runName()
                  + "' on cluster "
                  + place(next, job).cluster()
                  + ", as those of job "
                  + other
                  + " do: give "
                  + other
                  + " up or another run-name, reload, and then add this");
        }
      }
    }
    return reasons.stream().sorted().toList();
  }

  /**
   * Jobs whose open run would be lost sight of; their lanes must stand still meanwhile. Asks the
   * clusters that have a new address, and blocks for that.
   */
  List<String> lostRuns(History history, Clusters clusters, Instant now) {
    List<String> reasons = new ArrayList<>();
    for (JobName name : moved()) {
      lostRun(name, history.of(name), clusters, now)
          .ifPresent(
              reason ->
                  reasons.add(
                      "job " + name + ": " + reason + " `savepointd stop " + name + "` first"));
    }
    return reasons;
  }

  private Optional<String> lostRun(
      JobName name, JobHistory history, Clusters clusters, Instant now) {
    Place was = place(before, name);
    Place is = place(next, name);
    if (history.openRun().isEmpty()) {
      return Optional.empty();
    }
    Run run = history.openRun().get();
    if (!was.cluster().equals(is.cluster())) {
      return Optional.of(
          "it can't move from cluster "
              + was.cluster()
              + " to "
              + is.cluster()
              + " while run "
              + run.id()
              + " may be alive there:");
    }
    if (was.location().equals(is.location())) {
      return Optional.empty(); // a run that is known is found by its id
    }
    ClusterView view = clusters.look(next.jobs().get(name).job().cluster(), now);
    if (view instanceof ClusterView.Seen seen) {
      return seen.run(run.id()).isPresent()
          ? Optional.empty()
          : Optional.of(
              "cluster "
                  + is.cluster()
                  + " doesn't show run "
                  + run.id()
                  + " at its new address, so that it may be alive at the old one; if the old one is"
                  + " gone for good, restart the daemon, else");
    }
    return Optional.of(
        "cluster "
            + is.cluster()
            + " can't be asked for run "
            + run.id()
            + " at its new address ("
            + ((ClusterView.Unavailable) view).reason()
            + "); reload when it can, or");
  }
}
