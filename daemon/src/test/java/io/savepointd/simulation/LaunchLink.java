package io.savepointd.simulation;

import io.savepointd.model.Job;
import io.savepointd.model.Launch;
import io.savepointd.model.LaunchId;
import io.savepointd.storage.LaunchArchive;
import io.savepointd.storage.LaunchLost;
import io.savepointd.storage.LocalJar;
import io.savepointd.storage.StorageUnavailable;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** What one process sees of the launches on storage. */
final class LaunchLink implements LaunchArchive {
  private final Simulation simulation;
  private final Life process;

  LaunchLink(Simulation simulation, Life process) {
    this.simulation = simulation;
    this.process = process;
  }

  private LaunchArchive reach(String what) throws StorageUnavailable {
    process.before("launches " + what);
    if (simulation.storage().down()) {
      throw new StorageUnavailable("launches " + what, new IOException("simulated"));
    }
    return simulation.launches();
  }

  @Override
  public void keep(Launch launch, Job job) throws StorageUnavailable, LaunchLost {
    reach("keep").keep(launch, job);
  }

  @Override
  public boolean holds(Launch launch) throws StorageUnavailable {
    return reach("look").holds(launch);
  }

  @Override
  public Job recall(Launch launch, Job as) throws StorageUnavailable, LaunchLost {
    return reach("recall").recall(launch, as);
  }

  @Override
  public LocalJar fetch(String jarDigest, String fileName) throws StorageUnavailable, LaunchLost {
    return reach("fetch").fetch(jarDigest, fileName);
  }

  @Override
  public List<Job> all(Job as) throws StorageUnavailable {
    return reach("list").all(as);
  }

  @Override
  public int deleteAllBut(Set<LaunchId> launches, Set<String> jarDigests)
      throws StorageUnavailable {
    return reach("tidy").deleteAllBut(launches, jarDigests);
  }
}
