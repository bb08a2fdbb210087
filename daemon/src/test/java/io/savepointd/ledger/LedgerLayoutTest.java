package io.savepointd.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerLayoutTest {
  @Test
  void aNewLedgerBeginsAtOne() throws LedgerUnreadable {
    LedgerLayout layout = LedgerLayout.of(List.of());

    assertThat(layout).isEqualTo(new LedgerLayout(0, List.of(), List.of()));
    assertThat(LedgerLayout.segmentName(layout.last() + 1)).isEqualTo("0000000001.jsonl");
  }

  @Test
  void readsSegmentsInTheirOrderAndPassesOverOtherFiles() throws LedgerUnreadable {
    LedgerLayout layout =
        LedgerLayout.of(
            List.of("0000000002.jsonl", "lock", "0000000001.jsonl", "0000000007.jsonl.bak"));

    assertThat(layout).isEqualTo(new LedgerLayout(0, List.of(1L, 2L), List.of()));
  }

  @Test
  void theNewestSnapshotStandsForAllUpToItsNumber() throws LedgerUnreadable {
    LedgerLayout layout =
        LedgerLayout.of(
            List.of(
                "0000000003.jsonl",
                "0000000004.jsonl",
                "0000000005.jsonl",
                "snapshot-0000000002.jsonl",
                "snapshot-0000000004.jsonl",
                "snapshot-0000000005.jsonl.abc.tmp",
                "probe-abc.tmp"));

    assertThat(layout.snapshot()).isEqualTo(4);
    assertThat(layout.segments()).containsExactly(5L);
    assertThat(layout.last()).isEqualTo(5);
    assertThat(layout.leftovers())
        .containsExactly(
            "0000000003.jsonl",
            "0000000004.jsonl",
            "snapshot-0000000002.jsonl",
            "probe-abc.tmp",
            "snapshot-0000000005.jsonl.abc.tmp");
  }

  @Test
  void aSnapshotWithNothingAfterItIsTheWholeLedger() throws LedgerUnreadable {
    assertThat(LedgerLayout.of(List.of("snapshot-0000000004.jsonl")).last()).isEqualTo(4);
  }

  @Test
  void aMissingSegmentIsDamage() {
    assertThatThrownBy(() -> LedgerLayout.of(List.of("0000000001.jsonl", "0000000003.jsonl")))
        .isInstanceOf(LedgerUnreadable.class)
        .hasMessageStartingWith("0000000002.jsonl:1: the segment is missing");
  }

  @Test
  void aMissingFirstSegmentIsDamageToo() {
    assertThatThrownBy(() -> LedgerLayout.of(List.of("0000000002.jsonl")))
        .hasMessageStartingWith("0000000001.jsonl:1: ");
  }
}
