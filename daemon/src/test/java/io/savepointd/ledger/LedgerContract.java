package io.savepointd.ledger;

import static io.savepointd.ledger.SampleEvents.JOB;
import static io.savepointd.ledger.SampleEvents.asked;
import static io.savepointd.ledger.SampleEvents.intended;
import static io.savepointd.ledger.SampleEvents.retained;
import static io.savepointd.ledger.SampleEvents.run;
import static io.savepointd.ledger.SampleEvents.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.savepointd.model.Origin;
import io.savepointd.model.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every ledger does, wherever its bytes are; each test begins on a new one. */
abstract class LedgerContract {
  private static final Event.OfJob FIRST = intended(1, new Origin.Empty(), 0);

  private final List<Ledger> opened = new ArrayList<>();

  /** Opens the ledger of this test as an owner of that id, who is alive until it closes it. */
  abstract Ledger tryOpen(String owner) throws LedgerHeld, IOException;

  /** Makes the next append fail. */
  abstract void failNextAppend(Ledger ledger, FakeLedger.Failure how);

  @AfterEach
  final void closeAll() {
    opened.forEach(Ledger::close);
  }

  final Ledger open(String owner) throws LedgerHeld, IOException {
    Ledger ledger = tryOpen(owner);
    opened.add(ledger);
    return ledger;
  }

  @Test
  void aNewLedgerTellsNothing() throws Exception {
    Ledger ledger = open("a");

    assertThat(ledger.held()).isTrue();
    assertThat(ledger.history().jobs()).isEmpty();
  }

  @Test
  void whatWasAppendedIsInTheHistory() throws Exception {
    Ledger ledger = open("a");

    ledger.append(List.of(FIRST, started(1, 1)));

    assertThat(ledger.history().of(JOB).openRun().map(Run::id)).contains(run(1));
  }

  @Test
  void theNextOwnerReadsWhatTheOthersWrote() throws Exception {
    Ledger first = open("a");
    first.append(List.of(FIRST));
    first.append(List.of(started(1, 1)));
    first.close();
    Ledger second = open("b");
    assertThat(second.history().jobs()).isEqualTo(first.history().jobs());
    second.append(List.of(asked(5, 1, 2), retained(5, 3)));
    second.close();

    assertThat(open("c").history().jobs()).isEqualTo(second.history().jobs());
  }

  @Test
  void aLivingOwnerIsNamedToWhoComesAfterIt() throws Exception {
    Ledger first = open("a");

    assertThatThrownBy(() -> open("b"))
        .isInstanceOfSatisfying(LedgerHeld.class, e -> assertThat(e.owner().id()).isEqualTo("a"));

    first.append(List.of(FIRST));
    assertThat(first.held()).isTrue();
  }

  @Test
  void appendingNothingIsFine() throws Exception {
    Ledger ledger = open("a");

    ledger.append(List.of());

    assertThat(ledger.history().jobs()).isEmpty();
  }

  @Test
  void aLedgerThatIsHeldCanBeProvedToBe() throws Exception {
    Ledger ledger = open("a");

    ledger.prove();

    assertThat(ledger.held()).isTrue();
    assertThat(ledger.history().jobs()).isEmpty();
  }

  @Test
  void aProofThatFailsLosesTheLedger() throws Exception {
    Ledger ledger = open("a");
    failNextAppend(ledger, FakeLedger.Failure.NOT_DURABLE);

    assertThatThrownBy(ledger::prove).isInstanceOf(LedgerLost.class);
    assertThat(ledger.held()).isFalse();
  }

  @Test
  void closingTwiceIsFineAndNothingCanBeAppendedAfterwards() throws Exception {
    Ledger ledger = open("a");
    ledger.close();
    ledger.close();

    assertThat(ledger.held()).isFalse();
    assertThatThrownBy(() -> ledger.append(List.of(FIRST))).isInstanceOf(LedgerLost.class);
    assertThat(ledger.history().jobs()).isEmpty();
  }

  @Test
  void afterAFailedAppendNothingCanBeAppendedAnyMore() throws Exception {
    Ledger ledger = open("a");
    ledger.append(List.of(FIRST));
    List<JobHistory> before = ledger.history().jobs();
    failNextAppend(ledger, FakeLedger.Failure.NOT_DURABLE);

    assertThatThrownBy(() -> ledger.append(List.of(started(1, 1)))).isInstanceOf(LedgerLost.class);
    assertThat(ledger.held()).isFalse();
    assertThatThrownBy(() -> ledger.append(List.of(started(1, 2)))).isInstanceOf(LedgerLost.class);
    assertThat(ledger.history().jobs()).isEqualTo(before);
    ledger.close();

    assertThat(open("a").history().jobs()).isEqualTo(before);
  }

  @Test
  void whatAFailedAppendWroteAllTheSameIsFoundByTheNextOwner() throws Exception {
    Ledger ledger = open("a");
    failNextAppend(ledger, FakeLedger.Failure.DURABLE);

    assertThatThrownBy(() -> ledger.append(List.of(FIRST))).isInstanceOf(LedgerLost.class);
    assertThat(ledger.history().jobs()).isEmpty();
    ledger.close();

    assertThat(open("a").history().of(JOB).runs()).hasSize(1);
  }

  @Test
  void appendsOfManyThreadsAreAllThereAndEachThreadsInOrder() throws Exception {
    Ledger ledger = open("a");
    List<Callable<String>> threads = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      int base = 100 * (t + 1);
      threads.add(
          () -> {
            for (int i = 0; i < 10; i++) {
              ledger.append(List.of(intended(base + i, new Origin.Empty(), 0)));
            }
            return "done";
          });
    }
    inParallel(threads);
    ledger.close();

    List<Run> runs = open("b").history().of(JOB).runs();
    assertThat(runs).hasSize(80);
    for (int t = 0; t < 8; t++) {
      int base = 100 * (t + 1);
      assertThat(runs)
          .extracting(Run::id)
          .containsSubsequence(IntStream.range(base, base + 10).mapToObj(i -> run(i)).toList());
    }
  }

  @Test
  void ofTwoRacingOpenersExactlyOneWins() throws Exception {
    List<Callable<Ledger>> racers = List.of(() -> open("b"), () -> open("c"));

    List<Object> outcomes = new ArrayList<>();
    for (Future<Ledger> racer : inParallel(racers)) {
      try {
        outcomes.add(racer.get());
      } catch (ExecutionException e) {
        outcomes.add(e.getCause());
      }
    }

    assertThat(outcomes)
        .satisfiesOnlyOnce(won -> assertThat(won).isInstanceOf(Ledger.class))
        .satisfiesOnlyOnce(lost -> assertThat(lost).isInstanceOf(LedgerHeld.class));
  }

  private static <T> List<Future<T>> inParallel(List<Callable<T>> tasks)
      throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      return threads.invokeAll(tasks, 100, TimeUnit.SECONDS);
    } finally {
      threads.shutdownNow();
    }
  }
}
