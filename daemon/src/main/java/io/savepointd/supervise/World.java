package io.savepointd.supervise;

import io.savepointd.flink.FlinkCluster;
import io.savepointd.model.Ids;
import io.savepointd.storage.LaunchArchive;
import io.savepointd.storage.SavepointStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/**
 * What a job's keeper acts upon.
 *
 * @param launches what runs were started with
 * @param jarDigest gives a jar's SHA-256 in hexadecimal
 * @param progress where calls on all of these leave their marks, if anybody watches
 */
public record World(
    FlinkCluster cluster,
    ClusterLook watch,
    SavepointStore store,
    LaunchArchive launches,
    JarDigests jarDigest,
    Ids ids,
    Clock clock,
    Progress progress) {

  /** A world whose calls nobody watches. */
  public World(
      FlinkCluster cluster,
      ClusterLook watch,
      SavepointStore store,
      LaunchArchive launches,
      JarDigests jarDigest,
      Ids ids,
      Clock clock) {
    this(cluster, watch, store, launches, jarDigest, ids, clock, Progress.unwatched());
  }

  /** Digests jars. */
  @FunctionalInterface
  public interface JarDigests {
    /** SHA-256 of the file's content, in hexadecimal. */
    String of(Path jar) throws IOException;

    /** The same, but a file that looks as it did the last time needn't be read again. */
    default String glance(Path jar) throws IOException {
      return of(jar);
    }
  }
}
