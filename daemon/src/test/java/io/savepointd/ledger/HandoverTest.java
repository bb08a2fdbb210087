package io.savepointd.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Asking for a ledger, being asked for it, and what is left of requests that nobody needs. */
class HandoverTest {
  private static final Duration HEARTBEAT = Duration.ofHours(1);

  private final MemoryDisk disk = new MemoryDisk();
  private final SteppedTime time = new SteppedTime();
  private ProcessTable processes = ProcessTableTest.table(true, Map.of());

  @Test
  void theOwnerIsToldWhoAsks() throws Exception {
    LedgerDirectory a = directory("a");
    try (Ledger ledger = a.tryOpen(lost -> {})) {
      BlockingQueue<Owner> asked = new LinkedBlockingQueue<>();
      LedgerDirectory.Watch watch = a.watchRequests(asked::add);

      directory("b").requestHandover();

      assertThat(asked.poll(20, TimeUnit.SECONDS)).isEqualTo(SampleEvents.owner("b"));
      assertThat(ledger.held()).isTrue();
      watch.close();
    }
  }

  @Test
  void whoAskedGetsTheLedgerAtOnceAndTheRequestIsGone() throws Exception {
    LedgerDirectory b = directory("b");
    Ledger old = directory("a").tryOpen(lost -> {});
    b.requestHandover();
    old.close();

    try (Ledger ledger = b.tryOpen(lost -> {})) {
      assertThat(ledger.held()).isTrue();
    }
    assertThat(time.passed()).isZero();
    assertThat(disk.names()).noneMatch(name -> name.contains("handover"));
  }

  @Test
  void whoHandsOverStepsBackAndTakesItAgainWhenTheAskerDoesNot() throws Exception {
    LedgerDirectory a = directory("a");
    Ledger old = a.tryOpen(lost -> {});
    directory("b").requestHandover();
    old.close();

    assertThatThrownBy(() -> a.tryOpen(lost -> {}))
        .isInstanceOfSatisfying(LedgerHeld.class, e -> assertThat(e.owner().id()).isEqualTo("b"))
        .hasMessageContaining("is being handed over to process");
    time.pause(HandoverRequests.FAVOUR.minusMillis(1));
    assertThatThrownBy(() -> a.tryOpen(lost -> {})).isInstanceOf(LedgerHeld.class);
    time.pause(Duration.ofMillis(1));

    try (Ledger ledger = a.tryOpen(lost -> {})) {
      assertThat(ledger.held()).isTrue();
    }
    assertThat(disk.names()).noneMatch(name -> name.contains("handover"));
  }

  @Test
  void aThirdOneLeavesTheLedgerToWhoAsked() throws Exception {
    directory("b").requestHandover();

    assertThatThrownBy(() -> directory("c").tryOpen(lost -> {}))
        .hasMessageContaining("is being handed over to");
  }

  @Test
  void twoWhoAskDoNotWaitForEachOther() throws Exception {
    LedgerDirectory b = directory("b");
    b.requestHandover();
    directory("c").requestHandover();

    b.tryOpen(lost -> {}).close();

    assertThat(time.passed()).isZero();
    assertThat(disk.names()).noneMatch(name -> name.contains("handover"));
  }

  @Test
  void aRequestWithdrawnIsNone() throws Exception {
    LedgerDirectory b = directory("b");
    b.requestHandover();
    b.requestHandover();
    assertThat(disk.names()).containsExactly("handover-b-1.request");

    b.withdrawRequest();
    b.withdrawRequest();

    directory("a").tryOpen(lost -> {}).close();
    assertThat(time.passed()).isZero();
  }

  @Test
  void aRequestOfADeadProcessOfThisMachineMeansNothing() throws Exception {
    LedgerDirectory b = directory("b");
    b.requestHandover();
    Owner self = new Owner("c", "host-b", "boot-b", "pid:[1]", 1, 0, "0.1.0");
    processes = ProcessTableTest.table(true, Map.of());

    new LedgerDirectory(context(self)).tryOpen(lost -> {}).close();

    assertThat(time.passed()).isZero();
  }

  @Test
  void aRequestThatMakesNoSenseMeansNothing() throws Exception {
    disk.append("handover-x.request", "garbage\n");
    disk.append("handover-y.request", "");
    disk.append("handover-z.request.tmp", "{");

    directory("a").tryOpen(lost -> {}).close();

    assertThat(time.passed()).isZero();
  }

  @Test
  void aRequestThatCannotBeRemovedIsAnsweredOnlyOnce() throws Exception {
    FaultySegments store = new FaultySegments(disk.store());
    store.deletions.set(0);
    HandoverRequests requests =
        new HandoverRequests(context(store, SampleEvents.owner("a"), processes));
    directory("b").requestHandover();
    assertThat(requests.asked()).isPresent();

    requests.answered();

    assertThat(disk.names()).containsExactly("handover-b-1.request");
    assertThat(requests.asked()).isEmpty();
    assertThat(requests.favoured()).isEmpty();
  }

  @Test
  void whoHasBeenAnsweredAndAsksAgainIsHeardAgain() throws Exception {
    HandoverRequests requests =
        new HandoverRequests(context(disk.store(), SampleEvents.owner("a"), processes));
    LedgerDirectory b = directory("b");
    b.requestHandover();
    assertThat(requests.asked()).isPresent();
    requests.answered();

    b.requestHandover();

    assertThat(requests.asked()).contains(SampleEvents.owner("b"));
  }

  @Test
  void whoHoldsTheLedgerAsksForNothing() throws Exception {
    LedgerDirectory b = directory("b");
    b.requestHandover();
    try (Ledger ledger = b.tryOpen(lost -> {})) {

      b.requestHandover();

      assertThat(ledger.held()).isTrue();
      assertThat(disk.names()).noneMatch(name -> name.contains("handover"));
    }
  }

  @Test
  void whoGotItByAskingStepsBackForTheNextWhoAsks() throws Exception {
    LedgerDirectory a = directory("a");
    a.requestHandover();
    Ledger old = a.tryOpen(lost -> {});
    directory("b").requestHandover();
    old.close();

    assertThatThrownBy(() -> a.tryOpen(lost -> {}))
        .isInstanceOfSatisfying(LedgerHeld.class, e -> assertThat(e.owner().id()).isEqualTo("b"));
  }

  @Test
  void requestsAreNoPartOfTheLedger() throws Exception {
    directory("a").tryOpen(lost -> {}).close();
    directory("b").requestHandover();

    assertThat(LedgerLayout.of(disk.names()).leftovers()).isEmpty();
    assertThat(directory("reader").read().owner()).isEmpty();
  }

  private LedgerDirectory directory(String owner) throws IOException {
    return new LedgerDirectory(context(SampleEvents.owner(owner)));
  }

  private LedgerContext context(Owner self) {
    return context(disk.store(), self, processes);
  }

  private LedgerContext context(SegmentStore store, Owner self, ProcessTable table) {
    return new LedgerContext(
        store,
        new LedgerSettings(HEARTBEAT, HEARTBEAT.multipliedBy(3), 1 << 20, 0),
        new EventCodec(),
        self,
        table,
        Clock.fixed(SampleEvents.START, ZoneOffset.UTC),
        time);
  }
}
