package io.savepointd.supervise;

import static io.savepointd.supervise.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.flink.FakeFlinkCluster;
import io.savepointd.ledger.FakeLedger;
import io.savepointd.model.RunState;
import org.junit.jupiter.api.Test;

class ClusterWatchTest {
  private final SettableClock clock = new SettableClock(at(0));
  private final FakeFlinkCluster fake =
      new FakeFlinkCluster(KeeperWorld.CLUSTER, clock, directory -> directory);
  private final WatchedCluster cluster =
      new WatchedCluster(fake, new Effects(new FakeLedger.Medium()));
  private final ClusterWatch watch = new ClusterWatch(cluster, clock);

  @Test
  void sharesOneRequestBetweenLooksOfOneMoment() {
    assertThat(watch.look(at(0))).isSameAs(watch.look(at(0))).isSameAs(watch.look(at(-1)));
    assertThat(cluster.looks()).isEqualTo(1);
  }

  @Test
  void asksAnewForWhoNeedsAFresherView() {
    watch.look(at(0));
    clock.set(at(5));
    assertThat(watch.look(at(0)).at()).isEqualTo(at(0));
    assertThat(watch.look(at(1)).at()).isEqualTo(at(5));
    assertThat(cluster.looks()).isEqualTo(2);
  }

  @Test
  void sharesAnOutageToo() {
    fake.faults().unreachable(true);
    assertThat(watch.look(at(0))).isInstanceOf(ClusterView.Unavailable.class);
    watch.look(at(0));
    assertThat(cluster.looks()).isEqualTo(1);
  }

  @Test
  void doesNotTrustAViewFromTheFuture() {
    clock.set(at(3600));
    watch.look(at(3600));
    clock.set(at(0));
    assertThat(watch.look(at(0)).at()).isEqualTo(at(0));
  }

  @Test
  void knowsWhichRunsOfANameAreAlive() {
    KeeperWorld world = new KeeperWorld();
    world.givenTheJobRuns();
    ClusterWatch other = new ClusterWatch(world.watchedCluster, clock);
    ClusterView.Seen seen = (ClusterView.Seen) other.look(at(0));
    assertThat(seen.aliveNamed("averaging")).hasSize(1);
    assertThat(seen.aliveNamed("another")).isEmpty();
    world.cluster.kill(world.runId(), RunState.FAILED);
    clock.set(at(1));
    assertThat(((ClusterView.Seen) other.look(at(1))).aliveNamed("averaging")).isEmpty();
  }
}
