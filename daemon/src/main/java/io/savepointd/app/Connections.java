package io.savepointd.app;

import io.savepointd.config.JobSettings;
import io.savepointd.config.Settings;
import io.savepointd.flink.ClusterSettings;
import io.savepointd.flink.ClusterUnavailable;
import io.savepointd.flink.FlinkCluster;
import io.savepointd.flink.FlinkMetadata;
import io.savepointd.ledger.History;
import io.savepointd.ledger.JobHistory;
import io.savepointd.ledger.Ledger;
import io.savepointd.ledger.LedgerDirectory;
import io.savepointd.model.ClusterName;
import io.savepointd.model.Ids;
import io.savepointd.model.Job;
import io.savepointd.model.Redaction;
import io.savepointd.storage.HadoopLogin;
import io.savepointd.storage.HadoopSavepointStore;
import io.savepointd.storage.LaunchArchive;
import io.savepointd.storage.SavepointStore;
import io.savepointd.supervise.ClusterLook;
import io.savepointd.supervise.ClusterView;
import io.savepointd.supervise.Demand;
import io.savepointd.supervise.Desired;
import io.savepointd.supervise.Home;
import io.savepointd.supervise.JobKeeper;
import io.savepointd.supervise.JobPlan;
import io.savepointd.supervise.Progress;
import io.savepointd.supervise.SupervisionSettings;
import io.savepointd.supervise.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The clusters and the storage that a configuration names, opened. */
final class Connections implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

  private final Clock clock;
  private final String root;
  private final SavepointStore store;
  private final LaunchArchive launches;
  private final LedgerDirectory ledger;
  private final Ids ids = new Ids(new SecureRandom());
  private final Set<Job> everConfigured = ConcurrentHashMap.newKeySet();
  private volatile Settings settings;
  private volatile Clusters clusters;

  private Connections(
      Settings settings,
      Clock clock,
      Clusters clusters,
      String root,
      HadoopSavepointStore store,
      LedgerDirectory ledger) {
    this.settings = settings;
    this.clock = clock;
    this.clusters = clusters;
    this.root = root;
    this.store = store;
    this.launches = store.launches();
    this.ledger = ledger;
    remember(settings);
  }

  /** A run that began by an earlier configuration may still quote the secrets of that one. */
  private void remember(Settings taken) {
    taken.jobs().values().forEach(job -> everConfigured.add(job.job()));
  }

  /** To be called by whoever has just taken the ledger, before anything is submitted. */
  void begin(History history) {
    everConfigured.addAll(new KeptLaunches(launches).tidied(history, everConfigured));
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
    Clusters clusters =
        Clusters.none(http, installation.clock(), self.versions()).as(settings.clusters());
    try {
      return open(settings, installation, self, clusters, root(settings, clusters::cluster));
    } catch (IOException | RootUnclear | RuntimeException e) {
      clusters.close();
      throw e;
    }
  }

  private static Connections open(
      Settings settings, Installation installation, Self self, Clusters clusters, String root)
      throws IOException, RootUnclear {
    Clock clock = installation.clock();
    HadoopSavepointStore store = store(settings, installation, root, self.login());
    try {
      LedgerDirectory ledger =
          LedgerDirectory.at(
              uri(store.root()),
              installation.hadoopConfDir(),
              settings.ledger(),
              self.locks(),
              self.owner(),
              clock);
      return new Connections(settings, clock, clusters, root, store, ledger);
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
  private static HadoopSavepointStore store(
      Settings settings, Installation installation, String root, HadoopLogin login)
      throws IOException, RootUnclear {
    try {
      login.require(root);
      return HadoopSavepointStore.open(root, installation.hadoopConfDir(), FlinkMetadata::read);
    } catch (IllegalArgumentException e) {
      throw new RootUnclear(settings.file() + ": savepointd.storage.root: " + e.getMessage());
    }
  }

  static URI uri(String root) throws RootUnclear {
    try {
      return Address.of(root)
          .orElseThrow(() -> new URISyntaxException(root, "no full address"))
          .toUri();
    } catch (URISyntaxException e) {
      throw new RootUnclear("the storage root can't be used: " + e.getMessage());
    }
  }

  /** The configured root, else the one that all clusters with jobs name. */
  static String root(Settings settings, Function<ClusterName, FlinkCluster> clusters)
      throws ClusterUnavailable, RootUnclear {
    Optional<String> configured = settings.storage().root();
    if (configured.isPresent()) {
      return configured.get();
    }
    TreeSet<String> named = new TreeSet<>();
    for (JobSettings job : settings.jobs().values()) {
      ClusterName cluster = job.job().cluster();
      Optional<String> directory = clusters.apply(cluster).savepointDirectory();
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

  /** What a look at a cluster shows that was begun at {@code notBefore} or later. */
  ClusterView look(ClusterName name, Instant notBefore) {
    return clusters.look(name, notBefore);
  }

  /** By which configuration they are at the moment. */
  Settings settings() {
    return settings;
  }

  /**
   * Whether these would do for another configuration of the same storage: its clusters are asked
   * where the root is, if that is left to them.
   *
   * @throws RootUnclear if it isn't where it is now
   * @throws IOException if a cluster that has to be asked can't be reached
   */
  void requireSameRoot(Settings next) throws IOException, RootUnclear {
    boolean leftToThem = next.storage().root().isEmpty();
    if (leftToThem && !asked(next).equals(asked(settings))) {
      Clusters asked = clusters.as(next.clusters());
      String there;
      try {
        there = root(next, asked::cluster);
      } finally {
        asked.closeAllBut(clusters);
      }
      if (!there.equals(root)) {
        throw new RootUnclear(
            next.file()
                + ": savepointd.storage.root: is not set, and the clusters now name "
                + there
                + ", not "
                + root);
      }
    }
  }

  /** The clusters that name the root. */
  private static Set<ClusterSettings> asked(Settings settings) {
    return settings.jobs().values().stream()
        .map(job -> settings.clusters().get(job.job().cluster()))
        .collect(Collectors.toSet());
  }

  /** From now on by these settings; a cluster that is the same stays connected as it is. */
  void take(Settings next) {
    Clusters before = clusters;
    clusters = before.as(next.clusters());
    settings = next;
    remember(next);
    before.closeAllBut(clusters);
  }

  /** What {@code look} finds out by a configuration that isn't taken yet. */
  <T> T lookingBy(Settings next, Function<Clusters, T> look) {
    Clusters asked = clusters.as(next.clusters());
    try {
      return look.apply(asked);
    } finally {
      asked.closeAllBut(clusters);
    }
  }

  /** Nobody waits any more for what is starting runs on this machine; returns at once. */
  void endCommands() {
    clusters.endCommands();
  }

  /** A look at each cluster. */
  Collection<? extends ClusterLook> watches() {
    return clusters.watches();
  }

  /** Keeps one job as {@code supervision} says, and leaves marks of what it is at. */
  JobKeeper keeper(JobSettings job, SupervisionSettings supervision, Ledger ledger) {
    Progress progress = new Progress(System::nanoTime);
    return new JobKeeper(
        plan(job, supervision), world(job, progress), marks(job, progress).on(ledger));
  }

  JobPlan plan(JobSettings job, SupervisionSettings supervision) {
    return new JobPlan(job.job(), supervision, job.retention(), settings.watchInterval());
  }

  /** In which the job's lane leaves its marks in {@code progress}. */
  World world(JobSettings job, Progress progress) {
    LaneMarks marks = marks(job, progress);
    return new World(
        LaneClusters.of(clusters, Redaction.of(everConfigured), progress),
        marks.on(store),
        marks.on(launches),
        marks.jars(),
        ids,
        clock,
        progress);
  }

  /** Where a job's run is, or where the next is to be started. */
  ClusterName home(JobSettings job, Optional<Demand.Start> start, JobHistory history) {
    Desired desired =
        new Desired(
            job.job(), job.supervision(), settings.clusters().keySet(), start, Optional.empty());
    return Home.of(desired, history);
  }

  private LaneMarks marks(JobSettings job, Progress progress) {
    return new LaneMarks(settings.clusters().get(job.job().cluster()), progress);
  }

  @Override
  public void close() {
    closeInTurn(ledger::close, store::close, clusters::close);
  }

  /** What can't be closed is left to its file system: no reason to keep the next one open. */
  static void closeInTurn(Runnable... closings) {
    for (Runnable closing : closings) {
      try {
        closing.run();
      } catch (UncheckedIOException e) {
        LOG.info("event=connections.close-failed reason=\"{}\"", e.getCause().toString());
      }
    }
  }
}
