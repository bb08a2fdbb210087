package io.savepointd.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.ledger.JobHistory;
import io.savepointd.storage.FakeSavepointStore;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestorePointSearchTest {
  private static final RestorePoint NOT_LOOKED = new RestorePoint.NotLooked();

  private final SettableClock clock = new SettableClock(KeeperWorld.START);
  private final FakeSavepointStore store = new FakeSavepointStore();
  private final String path = store.writeSavepoint(store.root() + "/averaging/1");
  private final Optional<Demand.Start> named =
      Optional.of(new Demand.Start(new Demand.From.Path(path), false));
  private final RestorePointSearch search =
      new RestorePointSearch(
          KeeperWorld.NAME,
          KeeperWorld.SETTINGS::restore,
          store,
          clock,
          Duration.ZERO,
          () -> JobHistory.none(KeeperWorld.NAME));

  @Test
  void neverHandsOutForAStartByItselfWhatAPersonNamed() {
    search.look(named);
    assertThat(search.latest(named)).isEqualTo(new RestorePoint.Good(path));
    assertThat(search.latest(Optional.empty())).isEqualTo(NOT_LOOKED);
    assertThat(search.latest(Optional.of(new Demand.Start(new Demand.From.Latest(), false))))
        .isEqualTo(NOT_LOOKED);
  }

  @Test
  void neverHandsOutForAPersonWhatWasFoundForAStartByItself() {
    search.look(Optional.empty());
    assertThat(search.latest(Optional.empty())).isEqualTo(new RestorePoint.None(true));
    assertThat(search.latest(named)).isEqualTo(NOT_LOOKED);
  }

  @Test
  void remembersForAMomentOnly() {
    search.look(named);
    clock.advance(Duration.ofSeconds(5));
    assertThat(search.latest(named)).isEqualTo(new RestorePoint.Good(path));
    clock.advance(Duration.ofMillis(1));
    assertThat(search.latest(named)).isEqualTo(NOT_LOOKED);
  }

  @Test
  void remembersNothingOnceTheClockIsSetBack() {
    search.look(named);
    clock.set(KeeperWorld.START.minusSeconds(1));
    assertThat(search.latest(named)).isEqualTo(NOT_LOOKED);
  }

  @Test
  void forgetsWhenToldTo() {
    search.look(named);
    search.forget();
    assertThat(search.latest(named)).isEqualTo(NOT_LOOKED);
  }

  @Test
  void saysWhyAPathIsNoGood() {
    store.damage(path);
    search.look(named);
    assertThat(search.latest(named)).isInstanceOf(RestorePoint.Bad.class);
    store.vanish(path);
    search.look(named);
    assertThat(search.latest(named)).isInstanceOf(RestorePoint.Bad.class);
    store.unavailable("safe mode");
    search.look(named);
    assertThat(search.latest(named)).isInstanceOf(RestorePoint.Unknown.class);
  }
}
