package io.savepointd.app;

import io.savepointd.config.JobSettings;
import io.savepointd.config.Settings;
import io.savepointd.flink.ClusterUnavailable;
import io.savepointd.flink.FlinkCluster;
import io.savepointd.flink.FlinkMetadata;
import io.savepointd.flink.JarDigest;
import io.savepointd.flink.RestFlinkCluster;
import io.savepointd.ledger.Ledger;
import io.savepointd.ledger.LedgerDirectory;
import io.savepointd.model.ClusterName;
import io.savepointd.model.Ids;
import io.savepointd.storage.HadoopLogin;
import io.savepointd.storage.HadoopSavepointStore;
import io.savepointd.storage.SavepointStore;
import io.savepointd.supervise.ClusterWatch;
import io.savepointd.supervise.JobKeeper;
import io.savepointd.supervise.SupervisionSettings;
import io.savepointd.supervise.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The clusters and the storage that a configuration names, opened. */
final class Connections implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

  private final Settings settings;
  private final Clock clock;
  private final Map<ClusterName, FlinkCluster> clusters;
  private final Map<ClusterName, ClusterWatch> watches = new TreeMap<>();
  private final SavepointStore store;
  private final LedgerDirectory ledger;
  private final Ids ids = new Ids(new SecureRandom());

  private Connections(
      Settings settings,
      Clock clock,
      Map<ClusterName, FlinkCluster> clusters,
      SavepointStore store,
      LedgerDirectory ledger) {
    this.settings = settings;
    this.clock = clock;
    this.clusters = clusters;
    this.store = store;
    this.ledger = ledger;
    clusters.forEach((name, cluster) -> watches.put(name, new ClusterWatch(cluster, clock)));
  }

  /**
   * Opens them all; a cluster that is down is no obstacle unless the storage root has to be asked
   * of it.
   *
   * @throws RootUnclear if the storage root isn't configured and the clusters name none, or several
   * @throws IOException if the storage, or a cluster that has to be asked, can't be reached
   */
  static Connections open(Settings settings, Installation installation, Self self, HttpClient http)
      throws IOException, RootUnclear {
    Map<ClusterName, FlinkCluster> clusters = new TreeMap<>();
    settings.clusters().forEach((name, c) -> clusters.put(name, new RestFlinkCluster(c, http)));
    SavepointStore store = store(settings, installation, root(settings, clusters), self.login());
    Clock clock = installation.clock();
    try {
      LedgerDirectory ledger =
          LedgerDirectory.at(
              uri(store.root()),
              installation.hadoopConfDir(),
              settings.ledger(),
              self.locks(),
              self.owner(),
              clock);
      return new Connections(settings, clock, clusters, store, ledger);
    } catch (IOException | RootUnclear | RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /** A client for {@link #open}; it has threads of its own, so one has to do for a process. */
  static HttpClient http() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  /** The root may come from a cluster, which takes paths and schemes that we can't. */
  private static SavepointStore store(
      Settings settings, Installation installation, String root, HadoopLogin login)
      throws IOException, RootUnclear {
    try {
      login.require(root);
      return HadoopSavepointStore.open(root, installation.hadoopConfDir(), FlinkMetadata::read);
    } catch (IllegalArgumentException e) {
      throw new RootUnclear(settings.file() + ": savepointd.storage.root: " + e.getMessage());
    }
  }

  private static URI uri(String root) throws RootUnclear {
    try {
      return Address.of(root)
          .orElseThrow(() -> new URISyntaxException(root, "no full address"))
          .toUri();
    } catch (URISyntaxException e) {
      throw new RootUnclear("the storage root can't be used: " + e.getMessage());
    }
  }

  private static String root(Settings settings, Map<ClusterName, FlinkCluster> clusters)
      throws ClusterUnavailable, RootUnclear {
    Optional<String> configured = settings.storage().root();
    if (configured.isPresent()) {
      return configured.get();
    }
    TreeSet<String> named = new TreeSet<>();
    for (JobSettings job : settings.jobs().values()) {
      ClusterName cluster = job.job().cluster();
      Optional<String> directory = clusters.get(cluster).savepointDirectory();
      if (directory.isEmpty()) {
        throw new RootUnclear(
            settings.file()
                + ": savepointd.storage.root: is not set, and cluster "
                + cluster
                + " has no savepoint directory of its own (state.savepoints.dir); set one of them");
      }
      named.add(directory.get());
    }
    if (named.size() > 1) {
      throw new RootUnclear(
          settings.file()
              + ": savepointd.storage.root: is not set, and the clusters name different savepoint"
              + " directories: "
              + String.join(", ", named));
    }
    return named.first();
  }

  /** Where the savepoints are to lie can't be known. */
  static final class RootUnclear extends Exception {
    private static final long serialVersionUID = 1L;

    RootUnclear(String message) {
      super(message);
    }
  }

  SavepointStore store() {
    return store;
  }

  LedgerDirectory ledger() {
    return ledger;
  }

  ClusterWatch watch(ClusterName name) {
    return watches.get(name);
  }

  /** Keeps one job as {@code supervision} says. */
  JobKeeper keeper(JobSettings job, SupervisionSettings supervision, Ledger ledger) {
    ClusterName cluster = job.job().cluster();
    World world =
        new World(clusters.get(cluster), watches.get(cluster), store, JarDigest::of, ids, clock);
    return new JobKeeper(
        job.job(), supervision, job.retention(), settings.watchInterval(), world, ledger);
  }

  @Override
  public void close() {
    closeInTurn(ledger::close, store::close);
  }

  /** What can't be closed is left to its file system: no reason to keep the next one open. */
  static void closeInTurn(Runnable... closings) {
    for (Runnable closing : closings) {
      try {
        closing.run();
      } catch (UncheckedIOException e) {
        LOG.warn("event=connections.close-failed reason=\"{}\"", e.getCause().toString());
      }
    }
  }
}
