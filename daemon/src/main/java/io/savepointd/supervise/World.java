package io.savepointd.supervise;

import io.savepointd.flink.FlinkCluster;
import io.savepointd.model.ClusterName;
import io.savepointd.model.Ids;
import io.savepointd.storage.LaunchArchive;
import io.savepointd.storage.SavepointStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * What a job's keeper acts upon.
 *
 * @param clusters all that the configuration names: a job may come to another
 * @param launches what runs were started with
 * @param jarDigest gives a jar's SHA-256 in hexadecimal
 * @param progress where calls on all of these leave their marks, if anybody watches
 */
public record World(
    Map<ClusterName, ClusterAccess> clusters,
    SavepointStore store,
    LaunchArchive launches,
    JarDigests jarDigest,
    Ids ids,
    Clock clock,
    Progress progress) {

  /** Copies the clusters. */
  public World {
    clusters = Map.copyOf(clusters);
  }

  /** A world whose calls nobody watches. */
  public World(
      Map<ClusterName, ClusterAccess> clusters,
      SavepointStore store,
      LaunchArchive launches,
      JarDigests jarDigest,
      Ids ids,
      Clock clock) {
    this(clusters, store, launches, jarDigest, ids, clock, Progress.unwatched());
  }

  /** A world with one cluster, whose calls nobody watches. */
  public World(
      FlinkCluster cluster,
      ClusterLook watch,
      SavepointStore store,
      LaunchArchive launches,
      JarDigests jarDigest,
      Ids ids,
      Clock clock) {
    this(
        Map.of(cluster.name(), new ClusterAccess(cluster, watch)),
        store,
        launches,
        jarDigest,
        ids,
        clock);
  }

  /** One of the clusters; one that isn't configured never answers. */
  ClusterAccess on(ClusterName name) {
    return Optional.ofNullable(clusters.get(name)).orElseGet(() -> ClusterAccess.none(name));
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
