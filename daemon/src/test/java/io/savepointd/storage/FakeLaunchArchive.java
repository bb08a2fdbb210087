package io.savepointd.storage;

import io.savepointd.model.Job;
import io.savepointd.model.Launch;
import io.savepointd.model.LaunchId;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A launch archive in memory; its jars are nothing but their digests. */
public final class FakeLaunchArchive implements LaunchArchive {
  private final Map<LaunchId, Job> launches = new HashMap<>();
  private final Set<String> jars = new HashSet<>();
  private Optional<String> outage = Optional.empty();

  /** From now on every call fails with this reason. */
  public synchronized void unavailable(String reason) {
    outage = Optional.of(reason);
  }

  /** Ends the outage. */
  public synchronized void available() {
    outage = Optional.empty();
  }

  /** A jar is taken away behind everybody's back. */
  public synchronized void loseJar(String digest) {
    jars.remove(digest);
  }

  /** The digests of the jars it holds. */
  public synchronized Set<String> jars() {
    return Set.copyOf(jars);
  }

  @Override
  public synchronized void keep(Launch launch, Job job) throws StorageUnavailable {
    requireAvailable();
    jars.add(launch.jarDigest());
    launches.putIfAbsent(launch.id().orElseThrow(), job);
  }

  @Override
  public synchronized boolean holds(Launch launch) throws StorageUnavailable {
    requireAvailable();
    return jars.contains(launch.jarDigest())
        && launch.id().filter(launches::containsKey).isPresent();
  }

  @Override
  public synchronized Job recall(Launch launch, Job as) throws StorageUnavailable, LaunchLost {
    requireAvailable();
    Job kept = launches.get(launch.id().orElseThrow());
    if (kept == null) {
      throw new LaunchLost("fake: no launch " + launch.id().get());
    }
    return kept;
  }

  @Override
  public synchronized LocalJar fetch(String jarDigest, String fileName)
      throws StorageUnavailable, LaunchLost {
    requireAvailable();
    if (!jars.contains(jarDigest)) {
      throw new LaunchLost("fake: no jar " + jarDigest);
    }
    return LocalJar.there(java.nio.file.Path.of("/fetched/" + jarDigest + ".jar"));
  }

  @Override
  public synchronized List<Job> all(Job as) throws StorageUnavailable {
    requireAvailable();
    return List.copyOf(launches.values());
  }

  @Override
  public synchronized int deleteAllBut(Set<LaunchId> kept, Set<String> jarDigests)
      throws StorageUnavailable {
    requireAvailable();
    int before = launches.size() + jars.size();
    launches.keySet().retainAll(kept);
    jars.retainAll(jarDigests);
    return before - launches.size() - jars.size();
  }

  private void requireAvailable() throws StorageUnavailable {
    if (outage.isPresent()) {
      throw new StorageUnavailable("fake: " + outage.get(), new IOException(outage.get()));
    }
  }
}
