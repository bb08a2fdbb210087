package io.savepointd.app;

import io.savepointd.flink.ClusterSettings;
import io.savepointd.flink.FlinkCluster;
import io.savepointd.flink.JarDigest;
import io.savepointd.ledger.Ledger;
import io.savepointd.storage.LaunchArchive;
import io.savepointd.storage.SavepointStore;
import io.savepointd.supervise.ClusterLook;
import io.savepointd.supervise.Progress;
import io.savepointd.supervise.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What a lane acts upon, marked in its progress with the bounds that each call has by itself: a
 * lane that waits for a cluster which doesn't answer is slow, one that waits longer than that
 * hangs.
 */
final class LaneMarks {
  /** A storage call is several of about ten seconds at worst; a long one tells of each file. */
  private static final Duration STORAGE = Duration.ofSeconds(60);

  /** After three minutes the ledger itself gives its stream up. */
  private static final Duration LEDGER = Duration.ofMinutes(4);

  /** What only looks up what is known. */
  private static final Set<String> AT_ONCE =
      Set.of("name", "root", "spelled", "directoryOf", "telling", "history", "held");

  private final ClusterSettings cluster;
  private final Progress progress;
  private final Marked marked;

  /** Leaves the marks in {@code progress}. */
  LaneMarks(ClusterSettings cluster, Progress progress) {
    this.cluster = cluster;
    this.progress = progress;
    this.marked = new Marked(progress);
  }

  FlinkCluster on(FlinkCluster target) {
    return marked.calls(FlinkCluster.class, target, cluster(), this::ofCluster);
  }

  /** It may have to wait for another lane's look, and ask which Flink it is. */
  ClusterLook on(ClusterLook target) {
    Duration bound = cluster.requestTimeout().multipliedBy(4);
    return marked.calls(ClusterLook.class, target, cluster(), method -> Optional.of(bound));
  }

  SavepointStore on(SavepointStore target) {
    return marked.calls(
        SavepointStore.class,
        target.telling(progress::beat),
        "storage",
        method -> unlessAtOnce(method, STORAGE));
  }

  Ledger on(Ledger target) {
    return marked.calls(Ledger.class, target, "ledger", method -> unlessAtOnce(method, LEDGER));
  }

  LaunchArchive on(LaunchArchive target) {
    return marked.calls(
        LaunchArchive.class,
        target.telling(progress::beat),
        "storage",
        method -> unlessAtOnce(method, STORAGE));
  }

  /** Reads on as long as there are bytes, and tells of each piece. */
  World.JarDigests jars() {
    return new JarReading(
        (Path jar) -> {
          progress.at("reads the jar " + jar, Duration.ZERO);
          return JarDigest.of(jar, progress::beat);
        });
  }

  private String cluster() {
    return "cluster " + cluster.name();
  }

  /** As {@link FlinkCluster} says of each call. */
  private Optional<Duration> ofCluster(String method) {
    Duration request = cluster.requestTimeout();
    return unlessAtOnce(
        method,
        method.equals("submit")
            ? cluster.submitTimeout().multipliedBy(3).plus(request.multipliedBy(5))
            : request.multipliedBy(2));
  }

  private static Optional<Duration> unlessAtOnce(String method, Duration bound) {
    return AT_ONCE.contains(method) ? Optional.empty() : Optional.of(bound);
  }
}
