package io.savepointd.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.flink.FakeFlinkCluster;
import io.savepointd.ledger.FakeLedger;
import io.savepointd.ledger.LedgerLost;
import io.savepointd.model.Ids;
import io.savepointd.model.Occasion;
import io.savepointd.model.SavepointFormat;
import io.savepointd.retention.RetentionPolicy;
import io.savepointd.storage.FakeLaunchArchive;
import io.savepointd.storage.FakeSavepointStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A lane's thread, with the real clock; each wait here is for an answer, with a deadline. */
@Timeout(30)
class LaneTest {
  private static final Demand SAVEPOINT =
      new Demand.Savepoint(new Occasion.Requested(), SavepointFormat.CANONICAL);

  private final Clock clock = Clock.systemUTC();
  private final BreakableClock keepersClock = new BreakableClock(clock);
  private final FakeSavepointStore store = new FakeSavepointStore();
  private final FakeFlinkCluster cluster =
      new FakeFlinkCluster(KeeperWorld.CLUSTER, clock, store::writeSavepoint);
  private final FakeLedger ledger = FakeLedger.fresh();
  private final AtomicBoolean fault = new AtomicBoolean();
  private final AtomicBoolean interrupted = new AtomicBoolean();
  private final AtomicInteger told = new AtomicInteger();
  private final CompletableFuture<LedgerLost> lost = new CompletableFuture<>();
  private final Progress progress = new Progress(System::nanoTime);
  private final LaneThread thread = thread();
  private final Lane lane = thread.lane();

  private LaneThread thread() {
    World world =
        new World(
            Map.of(cluster.name(), new ClusterAccess(cluster, new ClusterWatch(cluster, clock))),
            store,
            new FakeLaunchArchive(),
            jar -> {
              if (fault.getAndSet(false)) {
                throw new IllegalStateException("a fault of ours");
              }
              return "0".repeat(64);
            },
            new Ids(new Random(42)),
            keepersClock,
            progress);
    JobKeeper keeper =
        new JobKeeper(
            KeeperWorld.plan(KeeperWorld.JOB, KeeperWorld.SETTINGS, RetentionPolicy.keepLast(2)),
            world,
            ledger);
    return new LaneThread(
        KeeperWorld.NAME,
        new Lane(keeper),
        clock,
        e -> {
          told.incrementAndGet();
          interrupted.set(Thread.currentThread().isInterrupted());
          lost.complete(e);
        });
  }

  @AfterEach
  void close() {
    thread.close();
  }

  private static Answer answerOf(CompletableFuture<Answer> answer) throws Exception {
    return answer.get(20, TimeUnit.SECONDS);
  }

  @Test
  void carriesADemandOut() throws Exception {
    cluster.completeSavepointsAtOnce(true);
    thread.start();
    CompletableFuture<Answer> first = lane.demand(SAVEPOINT);
    assertThat(answerOf(first)).isInstanceOf(Answer.Done.class);
    assertThat(ledger.history().of(KeeperWorld.NAME).retained()).hasSize(1);
  }

  @Test
  void answersWhatIsUnderWayWhenItCloses() throws Exception {
    thread.start();
    CompletableFuture<Answer> underWay = lane.demand(SAVEPOINT);
    // Answered after it, so the savepoint has been taken on by then.
    assertThat(answerOf(lane.demand(new Demand.Prune()))).isInstanceOf(Answer.Done.class);
    thread.close();
    assertThat(answerOf(underWay)).isInstanceOf(Answer.Failed.class);
  }

  @Test
  void answersMailThatComesTooLate() throws Exception {
    thread.start();
    thread.close();
    assertThat(answerOf(lane.demand(SAVEPOINT)).message()).contains("stopping");
  }

  @Test
  void answersMailThoughItWasNeverStarted() throws Exception {
    CompletableFuture<Answer> answer = lane.demand(SAVEPOINT);
    thread.close();
    assertThat(answerOf(answer)).isInstanceOf(Answer.Failed.class);
  }

  @Test
  void survivesAFaultInAStep() throws Exception {
    fault.set(true);
    cluster.completeSavepointsAtOnce(true);
    thread.start();
    assertThat(answerOf(lane.demand(new Demand.Prune()))).isInstanceOf(Answer.Done.class);
    assertThat(answerOf(lane.demand(SAVEPOINT))).isInstanceOf(Answer.Done.class);
    assertThat(fault).isFalse();
    assertThat(told).hasValue(0);
  }

  @Test
  void tellsOnceThatTheLedgerIsLostAndEnds() throws Exception {
    ledger.failNextAppend(FakeLedger.Failure.NOT_DURABLE);
    thread.start();
    assertThat(lost.get(20, TimeUnit.SECONDS)).isNotNull();
    thread.close();
    assertThat(told).hasValue(1);
    assertThat(interrupted).isFalse();
    assertThat(cluster.submissions()).isEmpty();
    assertThat(answerOf(lane.demand(SAVEPOINT))).isInstanceOf(Answer.Failed.class);
  }

  /** Its daemon may hold the ledger anew by then, which is not what was lost. */
  @Test
  void tellsNobodyThatTheLedgerIsLostOnceItIsClosed() throws Exception {
    CountDownLatch atIt = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    keepersClock.hold(atIt, goOn);
    ledger.failNextAppend(FakeLedger.Failure.NOT_DURABLE);
    thread.start();
    assertThat(atIt.await(20, TimeUnit.SECONDS)).isTrue();
    lane.close(Parting.DAEMON_STOPS);
    goOn.countDown();
    thread.close();
    assertThat(told).hasValue(0);
  }

  @Test
  void survivesAFaultWhileADemandIsTakenIn() throws Exception {
    cluster.completeSavepointsAtOnce(true);
    keepersClock.broken.set(true);
    thread.start();
    assertThat(answerOf(lane.demand(SAVEPOINT)).message()).contains("a fault of savepointd");
    keepersClock.broken.set(false);
    assertThat(answerOf(lane.demand(SAVEPOINT))).isInstanceOf(Answer.Done.class);
    assertThat(told).hasValue(0);
  }

  @Test
  void takesNothingNewOnOnceItWindsDownButFinishesWhatIsUnderWay() throws Exception {
    thread.start();
    CompletableFuture<Answer> underWay = lane.demand(SAVEPOINT);
    CompletableFuture<Answer> inLine = lane.demand(SAVEPOINT);
    while (cluster.triggers().isEmpty()) {
      assertThat(answerOf(lane.demand(new Demand.Prune()))).isInstanceOf(Answer.Done.class);
    }

    lane.windDown();
    assertThat(answerOf(lane.demand(SAVEPOINT)).message()).contains("stopping");
    cluster.completeSavepoints();

    assertThat(answerOf(underWay)).isInstanceOf(Answer.Done.class);
    thread.close();
    assertThat(answerOf(inLine).message()).contains("the daemon stopped before");
    assertThat(cluster.triggers()).hasSize(1);
  }

  @Test
  void showsThatItHangsAndWhere() throws Exception {
    CountDownLatch atIt = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    keepersClock.hold(atIt, goOn);
    thread.start();
    assertThat(atIt.await(20, TimeUnit.SECONDS)).isTrue();

    long before = System.nanoTime();
    while (System.nanoTime() - before < Duration.ofMillis(2).toNanos()) {
      Thread.onSpinWait();
    }
    assertThat(progress.stall(Duration.ofMillis(1)).orElseThrow().doing())
        .isEqualTo("looks what there is to do");

    goOn.countDown();
    assertThat(answerOf(lane.demand(new Demand.Prune()))).isInstanceOf(Answer.Done.class);
    assertThat(progress.stall(Duration.ofSeconds(20))).isEmpty();
  }

  /** A clock that can be broken. */
  private static final class BreakableClock extends Clock {
    private final AtomicBoolean broken = new AtomicBoolean();
    private final AtomicReference<Runnable> once = new AtomicReference<>(() -> {});
    private final Clock clock;

    /** The next who asks says so and waits. */
    void hold(CountDownLatch atIt, CountDownLatch goOn) {
      once.set(
          () -> {
            atIt.countDown();
            try {
              assertThat(goOn.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
    }

    BreakableClock(Clock clock) {
      this.clock = clock;
    }

    @Override
    public Instant instant() {
      if (broken.get()) {
        throw new IllegalStateException("a broken clock");
      }
      once.getAndSet(() -> {}).run();
      return clock.instant();
    }

    @Override
    public ZoneId getZone() {
      return clock.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("instants only");
    }
  }
}
