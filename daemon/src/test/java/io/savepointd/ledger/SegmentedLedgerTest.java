package io.savepointd.ledger;

import static io.savepointd.ledger.SampleEvents.JOB;
import static io.savepointd.ledger.SampleEvents.intended;
import static io.savepointd.ledger.SampleEvents.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.savepointd.model.Origin;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SegmentedLedgerTest {
  private static final Duration NEVER = Duration.ofHours(1);

  private final MemoryDisk disk = new MemoryDisk();
  private final FaultySegments store = new FaultySegments(disk.store());
  private final BlockingQueue<LedgerLost> losses = new LinkedBlockingQueue<>();

  @Test
  void appendsOfOneMomentShareASync() throws Exception {
    Ledger ledger = open(NEVER, 1 << 20);
    store.gate = new CountDownLatch(1);
    int before = store.syncs();
    ExecutorService threads = Executors.newFixedThreadPool(20);
    List<Future<?>> appends = new ArrayList<>();
    CountDownLatch begun = new CountDownLatch(20);
    for (int i = 0; i < 20; i++) {
      int run = i;
      appends.add(
          threads.submit(
              () -> {
                begun.countDown();
                ledger.append(List.of(intended(run, new Origin.Empty(), 0)));
                return "durable";
              }));
    }
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

    store.gate.countDown();
    for (Future<?> append : appends) {
      append.get(20, TimeUnit.SECONDS);
    }
    threads.shutdownNow();

    assertThat(store.syncs() - before).isBetween(1, 19);
    assertThat(disk.text(LedgerLayout.segmentName(1)).lines()).hasSize(21);
    assertThat(ledger.history().of(JOB).runs()).hasSize(20);
    ledger.close();
  }

  @Test
  void anAppendIsNotInTheHistoryBeforeItIsDurable() throws Exception {
    Ledger ledger = open(NEVER, 1 << 20);
    store.gate = new CountDownLatch(1);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    Future<?> append = thread.submit(() -> appendQuietly(ledger));

    assertThatThrownBy(() -> append.get(50, TimeUnit.MILLISECONDS))
        .isInstanceOf(java.util.concurrent.TimeoutException.class);
    assertThat(ledger.history().jobs()).isEmpty();

    store.gate.countDown();
    append.get(20, TimeUnit.SECONDS);
    assertThat(ledger.history().jobs()).hasSize(1);
    thread.shutdownNow();
    ledger.close();
  }

  @Test
  void anInterruptedCallerHarmsNobody() throws Exception {
    Ledger ledger = open(NEVER, 1 << 20);

    Thread.currentThread().interrupt();
    ledger.append(List.of(intended(1, new Origin.Empty(), 0)));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(ledger.held()).isTrue();
    ledger.close();
  }

  @Test
  void anIdleOwnerGivesSignsOfLife() throws Exception {
    store.passed = new CountDownLatch(4);
    Ledger ledger = open(Duration.ofMillis(10), 1 << 20);

    assertThat(store.passed.await(20, TimeUnit.SECONDS)).isTrue();
    ledger.close();

    List<String> lines = disk.text(LedgerLayout.segmentName(1)).lines().toList();
    assertThat(lines.subList(1, 4)).allMatch(line -> line.contains("\"type\":\"heartbeat\""));
    assertThat(lines.get(lines.size() - 1)).contains("\"type\":\"closed\"");
    assertThat(losses).isEmpty();
  }

  @Test
  void aFailedSignOfLifeTellsThatTheLedgerIsLost() throws Exception {
    Ledger ledger = open(Duration.ofMillis(20), 1 << 20);
    store.failNextSync = true;

    assertThat(losses.poll(20, TimeUnit.SECONDS))
        .hasMessage("the ledger's stream is lost: All datanodes are bad");
    assertThat(ledger.held()).isFalse();
    assertThatThrownBy(() -> ledger.append(List.of(started(1, 1))))
        .isInstanceOf(LedgerLost.class)
        .hasRootCauseMessage("All datanodes are bad");
    ledger.close();
    assertThat(losses).isEmpty();
  }

  @Test
  void everyoneWhoWaitsIsToldThatTheLedgerIsLost() throws Exception {
    Ledger ledger = open(NEVER, 1 << 20);
    store.gate = new CountDownLatch(1);
    store.failNextSync = true;
    ExecutorService threads = Executors.newFixedThreadPool(5);
    List<Future<Boolean>> appends = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      appends.add(threads.submit(() -> appendQuietly(ledger)));
    }

    store.gate.countDown();

    for (Future<Boolean> append : appends) {
      assertThat(append.get(20, TimeUnit.SECONDS)).isFalse();
    }
    assertThat(losses.poll(20, TimeUnit.SECONDS)).isNotNull();
    assertThat(ledger.history().jobs()).isEmpty();
    threads.shutdownNow();
    ledger.close();
  }

  @Test
  void goesOnInTheNextSegmentOnceOneIsFull() throws Exception {
    Ledger ledger = open(NEVER, 500);
    for (int i = 0; i < 10; i++) {
      ledger.append(List.of(started(i, 0)));
    }
    ledger.close();

    assertThat(disk.names()).hasSizeBetween(3, 6);
    for (String segment : disk.names()) {
      assertThat(disk.text(segment)).startsWith("{\"v\":1,\"type\":\"opened\"");
      assertThat(disk.store().closed(segment)).isTrue();
    }
    assertThat(String.join("", disk.names().stream().map(disk::text).toList()))
        .containsSubsequence(
            List.of(
                SampleEvents.run(0).value(),
                SampleEvents.run(5).value(),
                SampleEvents.run(9).value()));
  }

  @Test
  void whoIsFencedWhileItRollsHasLost() throws Exception {
    Ledger ledger = open(NEVER, 10);
    disk.append(LedgerLayout.segmentName(2), "");

    assertThatThrownBy(() -> ledger.append(List.of(started(1, 0))))
        .isInstanceOf(LedgerLost.class)
        .hasMessageContaining("another daemon has taken the ledger");
    assertThat(losses.poll(20, TimeUnit.SECONDS)).isNotNull();
    assertThat(disk.text(LedgerLayout.segmentName(1))).doesNotContain("run-started");
    ledger.close();
  }

  @Test
  void aSegmentThatCannotBeBegunIsALostLedger() throws Exception {
    Ledger ledger = open(NEVER, 10);
    store.failNextCreate = true;

    assertThatThrownBy(() -> ledger.append(List.of(started(1, 0))))
        .isInstanceOf(LedgerLost.class)
        .hasMessageContaining("no space");
    ledger.close();
  }

  @Test
  void closingLosesNothingThatWasAppended() throws Exception {
    Ledger ledger = open(NEVER, 1 << 20);
    ledger.append(List.of(intended(1, new Origin.Empty(), 0)));
    ledger.close();

    assertThat(open(NEVER, 1 << 20).history().jobs()).isEqualTo(ledger.history().jobs());
    assertThat(losses).isEmpty();
  }

  private static boolean appendQuietly(Ledger ledger) {
    try {
      ledger.append(List.of(intended(1, new Origin.Empty(), 0)));
      return true;
    } catch (LedgerLost e) {
      return false;
    }
  }

  private Ledger open(Duration heartbeat, long segmentBytes) throws LedgerHeld, IOException {
    return new LedgerDirectory(
            new LedgerContext(
                store,
                new LedgerSettings(heartbeat, NEVER, segmentBytes, 0),
                new EventCodec(),
                SampleEvents.owner("a"),
                ProcessTableTest.table(true, Map.of()),
                Clock.fixed(SampleEvents.START, ZoneOffset.UTC),
                new SteppedTime()))
        .tryOpen(losses::add);
  }
}
