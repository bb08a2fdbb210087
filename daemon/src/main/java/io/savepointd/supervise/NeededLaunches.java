package io.savepointd.supervise;

import io.savepointd.ledger.JobHistory;
import io.savepointd.model.Launch;
import io.savepointd.model.LaunchId;
import io.savepointd.model.Run;
import io.savepointd.model.RunId;
import io.savepointd.model.Savepoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which of the launches on storage something on the ledger still needs: those of open runs, of the
 * last run of each job, of runs whose savepoints are kept, and of upgrades that are under way.
 *
 * @param launches by their digests
 * @param jarDigests of their jars
 */
public record NeededLaunches(Set<LaunchId> launches, Set<String> jarDigests) {
  /** Copies the sets. */
  public NeededLaunches {
    launches = Set.copyOf(launches);
    jarDigests = Set.copyOf(jarDigests);
  }

  /** By the histories of all jobs: several may share a launch's jar. */
  public static NeededLaunches of(Collection<JobHistory> all) {
    Set<LaunchId> launches = new HashSet<>();
    Set<String> jars = new HashSet<>();
    for (JobHistory history : all) {
      for (Launch launch : of(history)) {
        launch.id().ifPresent(launches::add);
        jars.add(launch.jarDigest());
      }
    }
    return new NeededLaunches(launches, jars);
  }

  private static List<Launch> of(JobHistory history) {
    Set<RunId> runs = new HashSet<>();
    history.runs().stream().reduce((first, second) -> second).ifPresent(r -> runs.add(r.id()));
    history.runs().stream().filter(Run::open).forEach(r -> runs.add(r.id()));
    history.savepoints().stream()
        .filter(s -> s.state() != Savepoint.State.DELETED)
        .flatMap(s -> s.run().stream())
        .forEach(runs::add);
    List<Launch> launches = new ArrayList<>();
    history
        .orders()
        .upgrade()
        .ifPresent(
            upgrade -> {
              runs.add(upgrade.from());
              launches.add(upgrade.to());
            });
    history.runs().stream()
        .filter(r -> runs.contains(r.id()))
        .flatMap(r -> r.launch().stream())
        .forEach(launches::add);
    return launches;
  }
}
