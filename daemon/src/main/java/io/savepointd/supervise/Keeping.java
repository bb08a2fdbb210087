package io.savepointd.supervise;

import io.savepointd.flink.FlinkCluster;
import io.savepointd.ledger.JobHistory;
import io.savepointd.model.ClusterName;
import io.savepointd.model.Ids;
import io.savepointd.model.Job;
import io.savepointd.model.JobName;
import io.savepointd.model.Run;
import io.savepointd.model.RunId;
import io.savepointd.retention.RetentionPolicy;
import io.savepointd.storage.LaunchArchive;
import io.savepointd.storage.SavepointStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;

/**
 * By what one job is kept at the moment: its plan and the world it is in. A new configuration puts
 * others in their place between two steps, so whoever asks here asks anew each time. One thread's,
 * the lane's.
 */
final class Keeping {
  private final JobName name;
  private final Supplier<JobHistory> history;
  private JobPlan plan;
  private World world;

  /** With the ledger's word on which cluster each run is. */
  Keeping(JobPlan plan, World world, Supplier<JobHistory> history) {
    this.name = plan.job().name();
    this.history = history;
    this.plan = plan;
    this.world = world;
  }

  /** From now on by these; the job itself, its storage, ids and clock stay the same. */
  void take(JobPlan next, World nextWorld) {
    if (!next.job().name().equals(name)) {
      throw new IllegalArgumentException("the plan of job " + next.job().name() + " for " + name);
    }
    plan = next;
    world = nextWorld;
  }

  /** Never changes. */
  JobName name() {
    return name;
  }

  Job job() {
    return plan.job();
  }

  SupervisionSettings supervision() {
    return plan.supervision();
  }

  /** The same, as it is on that cluster. */
  SupervisionSettings supervision(ClusterName at) {
    return plan.supervision().withFailover(access(at).failover());
  }

  RetentionPolicy retention() {
    return plan.retention();
  }

  Duration watchInterval() {
    return plan.watchInterval();
  }

  /** The clusters that the configuration names. */
  Set<ClusterName> clusters() {
    return world.clusters().keySet();
  }

  ClusterAccess access(ClusterName cluster) {
    return world.on(cluster);
  }

  /** The cluster that a run on the ledger was submitted to, or found on. */
  FlinkCluster clusterOf(RunId run) {
    return access(history.get().run(run).map(Run::cluster).orElse(job().cluster())).cluster();
  }

  /** Whether a run is over on a cluster that nobody can ask any more. */
  boolean leftBehind(RunId run) {
    return history
        .get()
        .run(run)
        .filter(r -> !r.open() && !clusters().contains(r.cluster()))
        .isPresent();
  }

  SavepointStore store() {
    return world.store();
  }

  LaunchArchive launches() {
    return world.launches();
  }

  World.JarDigests jarDigest() {
    return world.jarDigest();
  }

  Ids ids() {
    return world.ids();
  }

  Clock clock() {
    return world.clock();
  }

  Progress progress() {
    return world.progress();
  }
}
