package io.savepointd.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.savepointd.flink.FakeFlinkCluster;
import io.savepointd.ledger.FakeLedger;
import io.savepointd.model.Ids;
import io.savepointd.model.JobName;
import io.savepointd.model.Occasion;
import io.savepointd.model.SavepointFormat;
import io.savepointd.retention.RetentionPolicy;
import io.savepointd.storage.FakeLaunchArchive;
import io.savepointd.storage.FakeSavepointStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lanes that come and go, on their threads; each wait here has a deadline. */
@Timeout(30)
class FleetTest {
  private static final JobName JOB = KeeperWorld.NAME;
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Demand SAVEPOINT =
      new Demand.Savepoint(new Occasion.Requested(), SavepointFormat.CANONICAL);

  private final Clock clock = Clock.systemUTC();
  private final FakeSavepointStore store = new FakeSavepointStore();
  private final FakeFlinkCluster cluster =
      new FakeFlinkCluster(KeeperWorld.CLUSTER, clock, store::writeSavepoint);
  private final FakeLedger ledger = FakeLedger.fresh();
  private final CountDownLatch inItsTurn = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final Fleet fleet = new Fleet(Map.of());

  private LaneThread lane(World.JarDigests digests) {
    World world =
        new World(
            cluster,
            new ClusterWatch(cluster, clock),
            store,
            new FakeLaunchArchive(),
            digests,
            new Ids(new Random(42)),
            clock);
    JobPlan plan =
        KeeperWorld.plan(KeeperWorld.JOB, KeeperWorld.SETTINGS, RetentionPolicy.keepLast(2));
    return new LaneThread(JOB, new Lane(new JobKeeper(plan, world, ledger)), clock, e -> {});
  }

  private LaneThread lane() {
    return lane(jar -> "0".repeat(64));
  }

  /** A lane that is long in its first turn. */
  private LaneThread slowLane() {
    return lane(
        jar -> {
          inItsTurn.countDown();
          try {
            assertThat(goOn.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return "0".repeat(64);
        });
  }

  @AfterEach
  void close() {
    goOn.countDown();
    fleet.close();
  }

  private static Answer answerOf(CompletableFuture<Answer> answer) throws Exception {
    return answer.get(LONG.toSeconds(), TimeUnit.SECONDS);
  }

  @Test
  void aJobThatIsAddedIsKept() throws Exception {
    cluster.completeSavepointsAtOnce(true);
    fleet.add(JOB, lane());
    assertThat(fleet.jobs()).containsExactly(JOB);
    assertThat(answerOf(fleet.lane(JOB).orElseThrow().demand(SAVEPOINT)))
        .isInstanceOf(Answer.Done.class);
  }

  @Test
  void aDismissedJobsRunGoesOnAndNobodyIsKeptWaiting() throws Exception {
    fleet.add(JOB, lane());
    Lane lane = fleet.lane(JOB).orElseThrow();
    CompletableFuture<Answer> underWay = lane.demand(SAVEPOINT);
    assertThat(answerOf(lane.demand(new Demand.Prune()))).isInstanceOf(Answer.Done.class);

    fleet.dismiss(JOB);

    assertThat(fleet.lane(JOB)).isEmpty();
    assertThat(answerOf(underWay).message()).contains("removed from the configuration");
    assertThat(fleet.awaitDismissed(LONG)).isEmpty();
    assertThat(answerOf(lane.demand(SAVEPOINT)).message()).contains("removed");
    assertThat(cluster.overview()).allMatch(r -> !r.state().globallyTerminal());
  }

  @Test
  void neverHasTwoLanesForOneJob() throws Exception {
    fleet.add(JOB, slowLane());
    assertThat(inItsTurn.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThatIllegalStateException().isThrownBy(() -> fleet.add(JOB, lane()));

    fleet.dismiss(JOB);
    assertThat(fleet.awaitDismissed(Duration.ofMillis(50))).containsExactly(JOB);
    assertThatIllegalStateException().isThrownBy(() -> fleet.add(JOB, lane()));

    goOn.countDown();
    assertThat(fleet.awaitDismissed(LONG)).isEmpty();
    fleet.add(JOB, lane());
    assertThat(answerOf(fleet.lane(JOB).orElseThrow().demand(new Demand.Prune())))
        .isInstanceOf(Answer.Done.class);
    assertThat(cluster.submissions()).extracting(s -> s.run()).doesNotHaveDuplicates().hasSize(1);
  }

  @Test
  void aLaneThatStandsStillDoesNothingUntilItMayGoOn() throws Exception {
    cluster.completeSavepointsAtOnce(true);
    fleet.add(JOB, lane());
    Lane lane = fleet.lane(JOB).orElseThrow();
    CompletableFuture<Void> over = new CompletableFuture<>();
    lane.standStill(over).get(LONG.toSeconds(), TimeUnit.SECONDS);
    CompletableFuture<Answer> meanwhile = lane.demand(SAVEPOINT);
    int triggers = cluster.triggers().size();
    assertThat(meanwhile).isNotDone();
    assertThat(cluster.triggers()).hasSize(triggers);

    over.complete(null);

    assertThat(answerOf(meanwhile)).isInstanceOf(Answer.Done.class);
  }
}
