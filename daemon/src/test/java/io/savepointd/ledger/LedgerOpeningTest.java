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
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The protocol by which a ledger is taken, step by step in a time of its own. */
class LedgerOpeningTest {
  private static final String FIRST = LedgerLayout.segmentName(1);
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private final MemoryDisk disk = new MemoryDisk();
  private final SteppedTime time = new SteppedTime();
  private ProcessTable processes = ProcessTableTest.table(true, Map.of());

  @Test
  void aLedgerLetGoOfIsOpenedAtOnce() throws Exception {
    claim("a", 1).close();

    open("b");

    assertThat(time.passed()).isZero();
    assertThat(disk.names()).containsExactly(FIRST, LedgerLayout.segmentName(2));
    assertThat(disk.text(LedgerLayout.segmentName(2))).contains("\"type\":\"opened\"", "host-b");
  }

  @Test
  void anOwnerOfUnknownFateIsFencedOnlyAfterItsSilence() throws Exception {
    SegmentStream old = claim("a", 1);

    open("b");

    assertThat(time.passed()).isBetween(SILENCE, SILENCE.plusSeconds(2));
    assertThatThrownBy(() -> old.write(List.of(SampleEvents.started(1, 0))))
        .isInstanceOf(IOException.class);
    assertThat(disk.text(FIRST)).doesNotContain("run-started");
  }

  @Test
  void anOwnerThatWritesIsLeftAlone() throws Exception {
    SegmentStream old = claim("a", 1);
    time.after(Duration.ofSeconds(29), () -> write(old, new Event.Heartbeat(SampleEvents.START)));

    assertThatThrownBy(() -> open("b"))
        .isInstanceOfSatisfying(LedgerHeld.class, e -> assertThat(e.owner().id()).isEqualTo("a"));

    assertThat(time.passed()).isBetween(Duration.ofSeconds(29), SILENCE);
    write(old, SampleEvents.started(1, 0));
    assertThat(disk.names()).containsExactly(FIRST);
  }

  @Test
  void anOwnerWhoseWholeLedgerIsOneTornLineIsWatchedToo() throws Exception {
    disk.store().create(FIRST);
    time.after(Duration.ofSeconds(10), () -> disk.append(FIRST, "{\"v\":1,\"ty"));
    time.after(
        Duration.ofSeconds(12),
        () -> disk.append(FIRST, opened("a").substring("{\"v\":1,\"ty".length())));

    assertThatThrownBy(() -> open("b"))
        .isInstanceOfSatisfying(LedgerHeld.class, e -> assertThat(e.owner().id()).isEqualTo("a"));
  }

  @Test
  void aStrangerThatNeverSaysItsNameIsNoReasonToWaitForEver() throws Exception {
    disk.store().create(FIRST);
    time.after(Duration.ofSeconds(10), () -> disk.append(FIRST, "{"));

    assertThatThrownBy(() -> open("b"))
        .isExactlyInstanceOf(IOException.class)
        .hasMessageContaining("to be tried again");
    assertThat(time.passed()).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void anOwnerWhoRollsIsLeftAlone() throws Exception {
    claim("a", 1);
    time.after(Duration.ofSeconds(20), () -> claim("a", 2));

    assertThatThrownBy(() -> open("b")).isInstanceOf(LedgerHeld.class);
  }

  @Test
  void anOwnerWhoLetsGoWhileWatchedIsFollowedAtOnce() throws Exception {
    SegmentStream old = claim("a", 1);
    time.after(Duration.ofSeconds(4), () -> close(old));

    open("b");

    assertThat(time.passed()).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(5));
  }

  @Test
  void anOwnerKnownToBeDeadIsFencedAtOnce() throws Exception {
    claim("b", 1);
    processes = ProcessTableTest.table(true, Map.of());

    open(new Owner("c", "host-b", "boot-b", "pid:[1]", 1, 0, "0.1.0"));

    assertThat(time.passed()).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void anOwnerAliveOnThisMachineIsWatchedLikeAnyOther() throws Exception {
    claim("b", 1);
    processes = ProcessTableTest.table(true, Map.of(4711L, 1_700_000_000_000L));

    open(new Owner("c", "host-b", "boot-b", "pid:[1]", 1, 0, "0.1.0"));

    assertThat(time.passed()).isGreaterThan(SILENCE);
  }

  @Test
  void aStreamThatThisOwnerLostItselfNeedsNoWatching() throws Exception {
    claim("a", 1);

    open("a");

    assertThat(time.passed()).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void aTailThatNobodyCanReadIsSilentAndReadableOnceItIsFenced() throws Exception {
    write(claim("a", 1), SampleEvents.intended(1, new Origin.Empty(), 0));
    disk.openFilesUnreadable = true;

    assertThat(open("b").events()).contains(SampleEvents.intended(1, new Origin.Empty(), 0));

    assertThat(time.passed()).isBetween(SILENCE, SILENCE.plusSeconds(2));
  }

  @Test
  void aTailOfOurOwnThatNobodyCanReadNeedsNoWatching() throws Exception {
    claim("a", 1);
    disk.openFilesUnreadable = true;

    new LedgerOpening(context(SampleEvents.owner("a"))).open(OptionalLong.of(1));

    assertThat(time.passed()).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void aTailThatBecomesReadableIsWatchedFromThenOn() throws Exception {
    SegmentStream old = claim("a", 1);
    disk.openFilesUnreadable = true;
    time.after(Duration.ofSeconds(20), () -> disk.openFilesUnreadable = false);
    time.after(Duration.ofSeconds(40), () -> write(old, new Event.Heartbeat(SampleEvents.START)));

    assertThatThrownBy(() -> open("b")).isInstanceOf(LedgerHeld.class);
    assertThat(time.passed()).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(42));
  }

  @Test
  void whatTheOldOwnerStillWroteWhileItWasFencedIsRead() throws Exception {
    SegmentStream old = claim("a", 1);
    disk.looksUntilRecovered = 5;
    time.after(
        SILENCE.plusMillis(150), () -> write(old, SampleEvents.intended(1, new Origin.Empty(), 0)));

    LedgerOpening.Taken taken = open("b");

    assertThat(taken.events()).contains(SampleEvents.intended(1, new Origin.Empty(), 0));
  }

  @Test
  void aLeaseThatCannotBeRecoveredIsGivenUpWithItsReason() throws Exception {
    claim("a", 1);
    disk.looksUntilRecovered = Integer.MAX_VALUE;

    assertThatThrownBy(() -> open("b"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("still open 60 s after its lease was recovered");
    assertThat(disk.names()).containsExactly(FIRST);
  }

  @Test
  void anOwnerThatDiedWhileRollingLeavesTwoOpenSegmentsAndBothAreClosed() throws Exception {
    SegmentStream one = claim("a", 1);
    SegmentStream two = claim("a", 2);

    assertThat(open("b").events()).isEmpty();

    assertThatThrownBy(() -> one.write(List.of())).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> two.write(List.of())).isInstanceOf(IOException.class);
  }

  @Test
  void whoIsFasterOwnsTheLedger() throws Exception {
    claim("a", 1);
    time.after(SILENCE.plusMillis(50), () -> claim("c", 2));

    assertThatThrownBy(() -> open("b"))
        .isInstanceOfSatisfying(LedgerHeld.class, e -> assertThat(e.owner().id()).isEqualTo("c"));
  }

  @Test
  void aNumberThatOthersUsedAndCompactedAwayIsNotOurs() throws Exception {
    disk.append("snapshot-0000000007.jsonl", opened("c"));
    disk.append(LedgerLayout.segmentName(8), opened("c"));

    assertThatThrownBy(
            () -> SegmentStream.claim(context(SampleEvents.owner("b")), 6, OptionalLong.empty()))
        .isInstanceOf(SegmentTaken.class)
        .hasMessageContaining("0000000008.jsonl is there");
    assertThat(disk.text(LedgerLayout.segmentName(6))).isEmpty();
  }

  private LedgerOpening.Taken open(String owner) throws LedgerHeld, IOException {
    return open(SampleEvents.owner(owner));
  }

  private LedgerOpening.Taken open(Owner owner) throws LedgerHeld, IOException {
    return new LedgerOpening(context(owner)).open(OptionalLong.empty());
  }

  private SegmentStream claim(String owner, long number) {
    try {
      return SegmentStream.claim(context(SampleEvents.owner(owner)), number, OptionalLong.empty());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private LedgerContext context(Owner self) {
    return new LedgerContext(
        disk.store(),
        new LedgerSettings(Duration.ofSeconds(5), SILENCE, 1 << 20, 0),
        new EventCodec(),
        self,
        processes,
        Clock.fixed(SampleEvents.START, ZoneOffset.UTC),
        time);
  }

  private static String opened(String owner) {
    return new EventCodec().encode(new Event.Opened(SampleEvents.START, SampleEvents.owner(owner)))
        + "\n";
  }

  private static void write(SegmentStream stream, Event event) {
    try {
      stream.write(List.of(event));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void close(SegmentStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
