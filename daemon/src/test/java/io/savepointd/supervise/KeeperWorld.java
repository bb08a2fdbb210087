package io.savepointd.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.flink.FakeFlinkCluster;
import io.savepointd.flink.RunSeen;
import io.savepointd.ledger.Event;
import io.savepointd.ledger.FakeLedger;
import io.savepointd.ledger.JobHistory;
import io.savepointd.ledger.LedgerHeld;
import io.savepointd.ledger.LedgerLost;
import io.savepointd.ledger.Owner;
import io.savepointd.model.ClusterName;
import io.savepointd.model.Ids;
import io.savepointd.model.Job;
import io.savepointd.model.JobName;
import io.savepointd.model.Occasion;
import io.savepointd.model.Origin;
import io.savepointd.model.Run;
import io.savepointd.model.RunId;
import io.savepointd.model.Savepoint;
import io.savepointd.model.SavepointFormat;
import io.savepointd.retention.RetentionPolicy;
import io.savepointd.storage.FakeLaunchArchive;
import io.savepointd.storage.FakeSavepointStore;
import io.savepointd.storage.StorageUnavailable;
import io.savepointd.storage.Verification;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** A real keeper in a world of fakes, whose time is stepped; the words of {@link JobKeeperTest}. */
final class KeeperWorld {
  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  static final JobName NAME = new JobName("averaging");
  static final ClusterName CLUSTER = new ClusterName("main");
  static final ClusterName OTHER = new ClusterName("other");
  static final Job JOB =
      new Job(
          NAME,
          CLUSTER,
          "averaging",
          Path.of("/jobs/averaging.jar"),
          Optional.empty(),
          List.of(),
          OptionalInt.empty(),
          Map.of());
  static final SupervisionSettings SETTINGS =
      new SupervisionSettings(
          SupervisionSettings.Restart.ALWAYS,
          SupervisionSettings.EmptyStart.FIRST_TIME,
          new SupervisionSettings.Backoff(
              Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(5)),
          new SupervisionSettings.CrashLoop(20, Duration.ofHours(1)),
          new SupervisionSettings.Restore(false, 0),
          Duration.ofMinutes(2),
          Duration.ofMinutes(3),
          Duration.ofMinutes(10),
          Duration.ofMinutes(5));

  /** The same, but held after so many deaths within an hour, or passing over damaged savepoints. */
  static SupervisionSettings settings(int deaths, int walkBack) {
    return new SupervisionSettings(
        SETTINGS.restart(),
        SETTINGS.emptyStart(),
        SETTINGS.backoff(),
        new SupervisionSettings.CrashLoop(deaths, Duration.ofHours(1)),
        new SupervisionSettings.Restore(false, walkBack),
        SETTINGS.startTimeout(),
        SETTINGS.savepointTimeout(),
        SETTINGS.leftoverGrace(),
        SETTINGS.upgradeTimeout());
  }

  /** The same, but a newer checkpoint of Flink's wins. */
  static SupervisionSettings latestState(int walkBack) {
    return new SupervisionSettings(
        SETTINGS.restart(),
        SETTINGS.emptyStart(),
        SETTINGS.backoff(),
        SETTINGS.crashLoop(),
        new SupervisionSettings.Restore(false, walkBack, SupervisionSettings.From.LATEST_STATE),
        SETTINGS.startTimeout(),
        SETTINGS.savepointTimeout(),
        SETTINGS.leftoverGrace(),
        SETTINGS.upgradeTimeout());
  }

  final SettableClock clock = new SettableClock(START);
  final FakeSavepointStore store =
      new FakeSavepointStore("hdfs://fake:9000/flink-savepoints", clock);
  final FakeLaunchArchive launches = new FakeLaunchArchive();
  final FakeFlinkCluster cluster = new FakeFlinkCluster(CLUSTER, clock, store::writeSavepoint);
  final FakeFlinkCluster other = new FakeFlinkCluster(OTHER, clock, store::writeSavepoint);
  final FakeLedger.Medium medium = new FakeLedger.Medium();
  final Effects effects = new Effects(medium);
  final WatchedCluster watchedCluster = new WatchedCluster(cluster, effects, other);
  private final WatchedCluster watchedOther = new WatchedCluster(other, effects, cluster);
  private final WatchedStore watchedStore = new WatchedStore(store, effects);
  private final Ids ids = new Ids(new Random(42));
  private final SupervisionSettings settings;
  private String jarDigest = "0".repeat(64);
  private Map<ClusterName, ClusterAccess> clusters =
      Map.of(CLUSTER, access(watchedCluster), OTHER, access(watchedOther));
  private WatchedLedger ledger;
  private JobKeeper keeper;

  KeeperWorld() {
    this(SETTINGS);
  }

  KeeperWorld(SupervisionSettings settings) {
    this.settings = settings;
    cluster.completeSavepointsAtOnce(true);
    other.completeSavepointsAtOnce(true);
    theDaemonIsStartedAnew();
  }

  // given and when

  void theDaemonIsStartedAnew() {
    medium.fence();
    try {
      ledger = new WatchedLedger(medium.open(new Owner("fake", "localhost", "", "", 1, 0, "test")));
    } catch (LedgerHeld e) {
      throw new IllegalStateException(e);
    }
    keeper = new JobKeeper(plan(JOB, settings, RetentionPolicy.keepLast(2)), world(), ledger);
  }

  /** Somebody puts another jar in the old one's place. */
  void givenTheJarIs(char kind) {
    jarDigest = String.valueOf(kind).repeat(64);
  }

  private ClusterAccess access(WatchedCluster watched) {
    return new ClusterAccess(watched, new ClusterWatch(watched, clock));
  }

  /** A cluster is taken out of the configuration; it counts from the next start, or replanning. */
  void givenNoClusterButTheOtherIsConfigured() {
    clusters = Map.of(OTHER, access(watchedOther));
  }

  static JobPlan plan(Job job, SupervisionSettings settings, RetentionPolicy retention) {
    return new JobPlan(job, settings, retention, Duration.ofSeconds(1));
  }

  World world() {
    return new World(clusters, watchedStore, launches, jar -> jarDigest, ids, clock);
  }

  WatchedLedger ledger() {
    return ledger;
  }

  void givenTheJobRuns() {
    whenTimePasses(Duration.ofSeconds(1));
    thenTheJobRuns();
  }

  void givenSavepoints(int count) {
    for (int i = 0; i < count; i++) {
      whenTheScheduleFires("frequent");
      whenTimePasses(Duration.ofSeconds(1));
    }
  }

  /** Steps the keeper as a lane would: whenever it wants to be, until so much time has passed. */
  void whenTimePasses(Duration time) {
    try {
      steps(time);
    } catch (LedgerLost e) {
      throw new IllegalStateException(e);
    }
  }

  void steps(Duration time) throws LedgerLost {
    Instant end = clock.instant().plus(time);
    while (clock.instant().isBefore(end)) {
      Instant next = keeper.step();
      Instant soonest = clock.instant().plusMillis(1);
      clock.set(next.isBefore(soonest) ? soonest : next.isAfter(end) ? end : next);
    }
  }

  void whenTheScheduleFires(String schedule) {
    accept(scheduled(schedule), new CompletableFuture<>());
  }

  CompletableFuture<Answer> firing(String schedule) {
    return asking(scheduled(schedule));
  }

  private static Demand scheduled(String schedule) {
    return new Demand.Savepoint(new Occasion.Scheduled(schedule), SavepointFormat.CANONICAL);
  }

  CompletableFuture<Answer> askingForASavepoint() {
    return asking(new Demand.Savepoint(new Occasion.Requested(), SavepointFormat.CANONICAL));
  }

  void whenAsked(Demand demand) {
    accept(demand, new CompletableFuture<>());
  }

  CompletableFuture<Answer> asking(Demand demand) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    accept(demand, answer);
    return answer;
  }

  private void accept(Demand demand, CompletableFuture<Answer> answer) {
    try {
      keeper.accept(demand, answer);
    } catch (LedgerLost e) {
      throw new IllegalStateException(e);
    }
  }

  /** As a reload does it, between two steps. */
  void whenReplanned(JobPlan plan) {
    keeper.take(plan, world());
  }

  /** A lane of the keeper's, which a test turns; the keeper is the lane's from now on. */
  Lane lane() {
    return new Lane(keeper);
  }

  void whenTheLaneEnds() {
    keeper.abandon(Parting.DAEMON_STOPS);
  }

  /** Something comes onto the ledger that no demand can bring. */
  void givenTheLedgerSays(Event.OfJob event) {
    try {
      ledger.append(List.of(event));
    } catch (LedgerLost e) {
      throw new IllegalStateException(e);
    }
  }

  // then

  JobHistory history() {
    return ledger.history().of(NAME);
  }

  JobStatus status() {
    return keeper.status();
  }

  List<Savepoint> retained() {
    return history().retained();
  }

  Run lastRun() {
    return history().runs().get(history().runs().size() - 1);
  }

  RunId runId() {
    return history().openRun().orElseThrow().id();
  }

  /** Distinct runs that were ever submitted. */
  long runsSubmitted() {
    return cluster.submissions().stream().map(s -> s.run()).distinct().count();
  }

  List<RunSeen> alive() {
    return Stream.concat(cluster.alive().stream(), other.alive().stream()).toList();
  }

  void thenTheJobRuns() {
    assertThat(status().state()).as(status().detail()).isEqualTo(JobStatus.State.RUNNING);
    assertThat(alive()).extracting(RunSeen::id).containsExactly(runId());
    assertThat(history().openRun().orElseThrow().phase()).isInstanceOf(Run.Phase.Started.class);
  }

  void thenTheLastRunWasRestoredFrom(Savepoint savepoint) {
    assertThat(lastRun().origin()).isEqualTo(new Origin.Restored(savepoint.path()));
    assertThat(cluster.submissions().get(cluster.submissions().size() - 1).restorePath())
        .contains(savepoint.path());
  }

  /** Holds at any time, whatever has happened. */
  void thenNoRuleWasBroken() {
    assertThat(effects.violations()).isEmpty();
    assertThat(alive()).hasSizeLessThanOrEqualTo(1);
  }

  /** Holds once all is quiet. */
  void thenNothingIsLeftOpen() {
    assertThat(history().openTriggers()).isEmpty();
    assertThat(history().expired()).isEmpty();
    store.available();
    for (Savepoint savepoint : history().savepoints()) {
      try {
        Verification found = store.verify(savepoint.path());
        assertThat(found)
            .isInstanceOf(
                savepoint.state() == Savepoint.State.RETAINED
                    ? Verification.Good.class
                    : Verification.Missing.class);
      } catch (StorageUnavailable e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
