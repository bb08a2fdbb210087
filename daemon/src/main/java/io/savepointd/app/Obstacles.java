package io.savepointd.app;

import io.savepointd.config.JobSettings;
import io.savepointd.config.Settings;
import io.savepointd.flink.ClusterSettings;
import io.savepointd.flink.LocationSettings;
import io.savepointd.ledger.History;
import io.savepointd.ledger.JobHistory;
import io.savepointd.model.ClusterName;
import io.savepointd.model.JobName;
import io.savepointd.model.Launch;
import io.savepointd.model.Run;
import io.savepointd.supervise.ClusterView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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

  /**
   * Jobs that stay and whose runs may be looked for elsewhere, or by another name, from now on: all
   * of them where a cluster goes or gets another address, since any run may be there.
   */
  List<JobName> moved() {
    boolean all =
        before.clusters().values().stream()
            .anyMatch(
                was ->
                    !Optional.ofNullable(next.clusters().get(was.name()))
                        .map(ClusterSettings::location)
                        .equals(Optional.of(was.location())));
    return before.jobs().keySet().stream()
        .filter(next.jobs()::containsKey)
        .filter(job -> all || !place(before, job).equals(place(next, job)))
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
  List<String> takenNames(History history) {
    List<String> reasons = new ArrayList<>();
    for (JobName job : next.jobs().keySet()) {
      for (JobName other : before.jobs().keySet()) {
        if (!job.equals(other) && places(other, history).anyMatch(place(next, job)::sameRuns)) {
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

  /** Where a job's runs are until now: as configured, and where it was moved to. */
  private Stream<Place> places(JobName job, History history) {
    Place configured = place(before, job);
    Optional<Place> moved =
        history
            .of(job)
            .openRun()
            .map(run -> before.clusters().get(run.cluster()))
            .map(c -> new Place(c.name().value(), c.location(), configured.runName()));
    return Stream.concat(Stream.of(configured), moved.stream());
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
    Optional<String> untilOver = underWay(history);
    if (untilOver.isPresent()) {
      return untilOver;
    }
    Optional<Run> open = history.openRun();
    Optional<ClusterSettings> was = open.map(run -> before.clusters().get(run.cluster()));
    if (open.isEmpty() || was.isEmpty()) {
      return Optional.empty(); // one that was out of reach before can't be lost sight of
    }
    Run run = open.get();
    ClusterName cluster = run.cluster();
    Optional<ClusterSettings> is = Optional.ofNullable(next.clusters().get(cluster));
    if (is.isEmpty()) {
      return Optional.of(
          "cluster "
              + cluster
              + " can't be taken out of the configuration while run "
              + run.id()
              + " may be alive there: `savepointd move "
              + name
              + " --to` another, or");
    }
    if (was.get().location().equals(is.get().location())) {
      return Optional.empty(); // a run that is known is found by its id
    }
    ClusterView view = clusters.look(cluster, now);
    if (view instanceof ClusterView.Seen seen) {
      return seen.run(run.id()).isPresent()
          ? Optional.empty()
          : Optional.of(
              "cluster "
                  + cluster
                  + " doesn't show run "
                  + run.id()
                  + " at its new address, so that it may be alive at the old one; if the old one is"
                  + " gone for good, restart the daemon, else");
    }
    return Optional.of(
        "cluster "
            + cluster
            + " can't be asked for run "
            + run.id()
            + " at its new address ("
            + ((ClusterView.Unavailable) view).reason()
            + "); reload when it can, or");
  }

  /** What an upgrade or a move goes to, and may have to go back to. */
  private Optional<String> underWay(JobHistory history) {
    return history
        .orders()
        .upgrade()
        .flatMap(
            u ->
                Stream.concat(Stream.of(u.to()), u.old(history).stream())
                    .map(Launch::cluster)
                    .filter(c -> !next.clusters().containsKey(c))
                    .findFirst())
        .map(c -> "it is on its way from or to cluster " + c + ": wait until that is over, or");
  }
}
