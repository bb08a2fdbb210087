package io.savepointd.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.savepointd.model.Origin;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A new ledger in the place of one that nobody can read, in a time of its own. */
class NewBeginningTest {
  private static final Duration SILENCE = Duration.ofSeconds(30);
  private static final String ASIDE = "ledger-lost-20260301T120000.000Z";
  private static final List<Event.OfJob> REBUILT =
      List.of(new Event.JobHeld(SampleEvents.minute(9), SampleEvents.JOB, "lost"));

  private final MemoryDisk disk = new MemoryDisk();
  private final SteppedTime time = new SteppedTime();
  private final FaultySegments faulty = new FaultySegments(disk.store());

  @Test
  void takesThePlaceOfALedgerWithGarbageInIt() throws Exception {
    write("a", SampleEvents.intended(1, new Origin.Empty(), 0));
    disk.append(LedgerLayout.segmentName(1), "garbage\n");
    assertThatThrownBy(() -> directory("b").tryOpen(loss -> {}))
        .isInstanceOf(LedgerUnreadable.class);

    assertThat(directory("b").beginAnew(REBUILT)).contains(ASIDE);

    assertThat(disk.movedAside()).containsExactly(ASIDE + "/0000000001.jsonl");
    thenTheNewLedgerIsThere();
  }

  @Test
  void takesThePlaceOfALedgerWithAHoleInIt() throws Exception {
    for (String owner : List.of("a", "b", "c")) {
      write(owner, SampleEvents.intended(1, new Origin.Empty(), 0));
    }
    disk.remove(LedgerLayout.segmentName(2));
    disk.append(LedgerLayout.unfinishedSnapshotName(1, "x"), "half");

    assertThat(directory("d").beginAnew(REBUILT)).contains(ASIDE);

    assertThat(disk.movedAside()).hasSize(3);
    thenTheNewLedgerIsThere();
  }

  @Test
  void beginsWhereNothingEverWas() throws Exception {
    assertThat(directory("a").beginAnew(REBUILT)).isEmpty();

    assertThat(disk.names()).containsExactly(LedgerLayout.segmentName(1));
    thenTheNewLedgerIsThere();
  }

  @Test
  void leavesALedgerAloneWhoseOwnerGivesASignOfLife() throws Exception {
    Ledger old = directory("a").tryOpen(loss -> {});
    time.after(Duration.ofSeconds(29), () -> disk.append(LedgerLayout.segmentName(1), "{\"torn"));

    assertThatThrownBy(() -> directory("b").beginAnew(REBUILT))
        .isInstanceOfSatisfying(LedgerHeld.class, e -> assertThat(e.owner().id()).isEqualTo("a"));

    assertThat(disk.movedAside()).isEmpty();
    assertThat(disk.names()).containsExactly(LedgerLayout.segmentName(1));
    assertThat(old.held()).isTrue();
  }

  @Test
  void leavesALedgerAloneThatGrowsThoughItsOwnerCannotBeRead() throws Exception {
    disk.store().create(LedgerLayout.segmentName(1));
    disk.append(LedgerLayout.segmentName(1), "garbage\n");
    time.after(
        Duration.ofSeconds(29), () -> disk.append(LedgerLayout.segmentName(1), "and more\n"));

    assertThatThrownBy(() -> directory("b").beginAnew(REBUILT))
        .isExactlyInstanceOf(IOException.class)
        .hasMessageContaining("another process holds the ledger: 0000000001.jsonl grows");

    assertThat(disk.movedAside()).isEmpty();
  }

  @Test
  void leavesALedgerAloneThatAnotherTakesMeanwhile() throws Exception {
    directory("a").tryOpen(loss -> {});
    time.after(Duration.ofSeconds(20), () -> disk.append(LedgerLayout.segmentName(2), ""));

    assertThatThrownBy(() -> directory("b").beginAnew(REBUILT)).isInstanceOf(Exception.class);

    assertThat(disk.movedAside()).isEmpty();
  }

  @Test
  void fencesAnOwnerThatHasFallenSilent() throws Exception {
    Ledger silent = directory("a").tryOpen(loss -> {});

    assertThat(directory("b").beginAnew(REBUILT)).contains(ASIDE);

    assertThat(time.passed()).isBetween(SILENCE, SILENCE.plusSeconds(2));
    assertThatThrownBy(
            () -> silent.append(List.of(SampleEvents.intended(1, new Origin.Empty(), 0))))
        .isInstanceOf(LedgerLost.class);
    thenTheNewLedgerIsThere();
  }

  /** Half a ledger must never pass for a whole one, least of all for an empty one. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aCrashOnTheWayLeavesALedgerThatCannotBeReadAndCanBeBegunAgain(int moves) throws Exception {
    for (String owner : List.of("a", "b", "c")) {
      write(owner, SampleEvents.intended(1, new Origin.Empty(), 0));
    }
    disk.append(LedgerLayout.segmentName(3), "garbage\n");
    faulty.moves.set(moves);
    assertThatThrownBy(() -> directory("d").beginAnew(REBUILT))
        .hasMessageContaining("could not move");

    assertThatThrownBy(() -> directory("e").read()).isInstanceOf(LedgerUnreadable.class);
    assertThatThrownBy(() -> directory("e").tryOpen(loss -> {}))
        .isInstanceOf(LedgerUnreadable.class);

    faulty.moves.set(Integer.MAX_VALUE);
    assertThat(directory("e").beginAnew(REBUILT)).contains(ASIDE);
    thenTheNewLedgerIsThere();
  }

  @Test
  void aCrashBeforeTheSnapshotLeavesALedgerThatCannotBeRead() throws Exception {
    write("a", SampleEvents.intended(1, new Origin.Empty(), 0));
    disk.append(LedgerLayout.segmentName(1), "garbage\n");
    faulty.failRename = true;
    assertThatThrownBy(() -> directory("b").beginAnew(REBUILT))
        .hasMessageContaining("could not rename");

    assertThatThrownBy(() -> directory("c").tryOpen(loss -> {}))
        .isInstanceOf(LedgerUnreadable.class)
        .hasMessageContaining("missing");
  }

  private void thenTheNewLedgerIsThere() throws Exception {
    LedgerView view = directory("reader").read();
    assertThat(view.owner()).isEmpty();
    assertThat(view.history().jobs()).hasSize(1);
    assertThat(view.history().of(SampleEvents.JOB).runs()).isEmpty();
    assertThat(view.history().of(SampleEvents.JOB).orders().hold().map(Orders.Hold::reason))
        .isEqualTo(Optional.of("lost"));
    try (Ledger next = directory("next").tryOpen(loss -> {})) {
      assertThat(next.history().jobs()).isEqualTo(view.history().jobs());
    }
  }

  private void write(String owner, Event.OfJob event) throws Exception {
    try (Ledger ledger = directory(owner).tryOpen(loss -> {})) {
      ledger.append(List.of(event));
    }
  }

  private LedgerDirectory directory(String owner) {
    return new LedgerDirectory(
        new LedgerContext(
            faulty,
            new LedgerSettings(Duration.ofHours(1), SILENCE, 1 << 20, 0),
            new EventCodec(),
            SampleEvents.owner(owner),
            ProcessTableTest.table(true, Map.of()),
            Clock.fixed(SampleEvents.START, ZoneOffset.UTC),
            time));
  }
}
