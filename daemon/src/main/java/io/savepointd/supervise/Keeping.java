package io.savepointd.supervise;

import io.savepointd.flink.FlinkCluster;
import io.savepointd.model.Ids;
import io.savepointd.model.Job;
import io.savepointd.model.JobName;
import io.savepointd.retention.RetentionPolicy;
import io.savepointd.storage.LaunchArchive;
import io.savepointd.storage.SavepointStore;
import java.time.Clock;
import java.time.Duration;

/**
 * By what one job is kept at the moment: its plan and the world it is in. A new configuration puts
 * others in their place between two steps, so whoever asks here asks anew each time. One thread's,
 * the lane's.
 */
final class Keeping {
  private final JobName name;
  private JobPlan plan;
  private World world;

  Keeping(JobPlan plan, World world) {
    this.name = plan.job().name();
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

  RetentionPolicy retention() {
    return plan.retention();
  }

  Duration watchInterval() {
    return plan.watchInterval();
  }

  FlinkCluster cluster() {
    return world.cluster();
  }

  ClusterLook watch() {
    return world.watch();
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
