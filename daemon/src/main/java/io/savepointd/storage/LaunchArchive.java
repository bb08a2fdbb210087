package io.savepointd.storage;

import io.savepointd.model.Job;
import io.savepointd.model.Launch;
import io.savepointd.model.LaunchId;
import java.util.List;
import java.util.Set;

/**
 * What runs were started with, kept beside their savepoints: each launch in full under its digest,
 * and each jar once under its own. Whole or not at all. Every call blocks; safe for several
 * threads.
 */
public interface LaunchArchive {
  /** The same archive, which tells {@code onProgress} now and then while a call takes long. */
  default LaunchArchive telling(Runnable onProgress) {
    return this;
  }

  /**
   * Keeps a launch and its jar, unless they are there.
   *
   * @param job the same with its secrets, and with the jar on this machine
   * @throws LaunchLost if the jar isn't the announced one, or can't be read, or the launch is too
   *     long to be read back
   */
  void keep(Launch launch, Job job) throws StorageUnavailable, LaunchLost;

  /** Whether a launch and its jar are there; they aren't read. */
  boolean holds(Launch launch) throws StorageUnavailable;

  /**
   * A launch in full, proved by its digest.
   *
   * @param as the job it is one of; from here come its name and that of its runs
   * @return with the name that the jar's file had, which is not where it is
   * @throws LaunchLost if it isn't there, or isn't what its digest says
   */
  Job recall(Launch launch, Job as) throws StorageUnavailable, LaunchLost;

  /**
   * A jar as a file of this machine, proved by its digest; to be closed.
   *
   * @param fileName what the file is to be called
   * @throws LaunchLost if it isn't there, or isn't what its digest says, or this machine can't take
   *     it
   */
  LocalJar fetch(String jarDigest, String fileName) throws StorageUnavailable, LaunchLost;

  /** What is kept: launches in full, as far as they can be read; jars only as file names. */
  List<Job> all(Job as) throws StorageUnavailable;

  /** Deletes what isn't among these, and what a crash has left half-written; how many files. */
  int deleteAllBut(Set<LaunchId> launches, Set<String> jarDigests) throws StorageUnavailable;
}
