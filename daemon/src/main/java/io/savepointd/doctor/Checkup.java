package io.savepointd.doctor;

import io.savepointd.config.JobSettings;
import io.savepointd.config.Settings;
import io.savepointd.flink.ClusterProbe;
import io.savepointd.flink.ClusterSettings;
import io.savepointd.flink.JarDigest;
import io.savepointd.ledger.LedgerView;
import io.savepointd.model.ClusterName;
import io.savepointd.model.Words;
import io.savepointd.supervise.SupervisionSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts the checks of a whole examination together. */
public final class Checkup {
  private static final Duration DEADLINE = Duration.ofSeconds(15);

  private final Settings settings;
  private final Surroundings world;
  private final List<String> warnings;
  private final Seen<Storage> storage = new Seen<>();
  private final Seen<LedgerView> ledger = new Seen<>();

  /**
   * The examination of one configuration.
   *
   * @param warnings of the configuration, each in one line with its remedy
   */
  public Checkup(Settings settings, Surroundings world, List<String> warnings) {
    this.settings = settings;
    this.world = world;
    this.warnings = List.copyOf(warnings);
  }

  /** Without a configuration there is little to look at. */
  public static Examination withoutSettings(Machine machine, Path file, List<String> faults) {
    List<Check> checks = new ArrayList<>(ofTheMachine(machine));
    checks.add(ConfigurationCheck.refused(file, faults));
    return new Examination(checks, DEADLINE, () -> {});
  }

  private static List<Check> ofTheMachine(Machine machine) {
    return List.of(
        new JavaCheck(machine),
        new DirectoryCheck(
            "temporary files",
            machine.temporaryFiles(),
            machine.user(),
            "or name another by SAVEPOINTD_OPTS=-Djava.io.tmpdir=…"));
  }

  /** All checks; closing it removes what they have left. */
  public Examination examination() {
    return new Examination(checks(), DEADLINE, this::leave);
  }

  private void leave() {
    world.close();
    storage.get().ifPresent(s -> s.probe().close());
  }

  private List<Check> checks() {
    Machine machine = world.machine();
    StorageRemedies remedies = new StorageRemedies(settings.file(), storage, machine.user());
    boolean rootConfigured = settings.storage().root().isPresent();
    List<Check> checks = new ArrayList<>(ofTheMachine(machine));
    checks.add(ConfigurationCheck.good(settings.file(), summary(), warnings));
    checks.add(new UserCheck(world));
    checks.add(
        new DirectoryCheck(
            "log directory",
            machine.logs(),
            machine.user(),
            "or name another by SAVEPOINTD_LOG_DIR"));
    checks.add(new DaemonCheck(world));
    checks.add(new LoginCheck(world));
    checks.add(new StorageRootCheck(world, rootConfigured, storage, remedies));
    checks.addAll(new StorageChecks(storage, remedies).all(settings.jobs().keySet()));
    checks.add(new LedgerCheck(world, storage, ledger, remedies));
    checks.add(new SpaceCheck(storage, ledger, settings.jobs().keySet(), remedies));
    Map<ClusterName, ClusterChecks> clusters = new TreeMap<>();
    for (ClusterSettings cluster : new TreeMap<>(settings.clusters()).values()) {
      clusters.put(cluster.name(), addCluster(cluster, rootConfigured, checks));
    }
    jobs().forEach(job -> addJob(job, clusters, checks));
    return checks;
  }

  private String summary() {
    return Words.count(settings.jobs().size(), "job")
        + " on "
        + Words.count(settings.clusters().size(), "cluster");
  }

  private List<JobSettings> jobs() {
    return settings.jobs().values().stream()
        .sorted(Comparator.comparing(job -> job.job().name()))
        .toList();
  }

  private ClusterChecks addCluster(
      ClusterSettings cluster, boolean rootConfigured, List<Check> checks) {
    String file = settings.file().toString();
    ClusterChecks of = new ClusterChecks(cluster, world.cluster(cluster.name()), file);
    cluster
        .transport()
        .ssl()
        .ifPresent(ssl -> checks.add(new CertificatesCheck(cluster.name(), ssl, world.clock())));
    checks.addAll(of.all(storage, rootConfigured));
    List<JobSettings> its =
        jobs().stream().filter(job -> job.job().cluster().equals(cluster.name())).toList();
    checks.add(new SlotsCheck(cluster, of, its, ledger, world.clock(), file));
    return of;
  }

  private void addJob(
      JobSettings job, Map<ClusterName, ClusterChecks> clusters, List<Check> checks) {
    Clock clock = world.clock();
    ClusterSettings of = settings.clusters().get(job.job().cluster());
    checks.add(new JarCheck(job.job(), JarDigest::of));
    checks.add(
        new RunCheck(job.job(), of, probes(clusters), ledger, clock, settings.file().toString()));
    checks.add(new SchedulesCheck(job, clock));
    if (job.supervision().restore().from() == SupervisionSettings.From.LATEST_STATE) {
      checks.add(new CheckpointsCheck(job, ledger));
    }
  }

  private static Map<ClusterName, ClusterProbe> probes(Map<ClusterName, ClusterChecks> clusters) {
    Map<ClusterName, ClusterProbe> probes = new TreeMap<>();
    clusters.forEach((name, cluster) -> probes.put(name, cluster.probe()));
    return probes;
  }
}
