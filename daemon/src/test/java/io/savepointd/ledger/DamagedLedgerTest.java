package io.savepointd.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.savepointd.model.Origin;
import io.savepointd.model.RunEnd;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every cut and every changed byte of a ledger of three segments, and what else may befall it. */
class DamagedLedgerTest {
  private static final String ONE = LedgerLayout.segmentName(1);
  private static final String TWO = LedgerLayout.segmentName(2);
  private static final String THREE = LedgerLayout.segmentName(3);

  private final MemoryDisk disk = new MemoryDisk();
  private List<JobHistory> whole = List.of();

  @BeforeEach
  void aLedgerOfThreeSegments() throws Exception {
    for (int i = 1; i <= 3; i++) {
      try (Ledger ledger = open()) {
        ledger.append(List.of(SampleEvents.intended(i, new Origin.Empty(), i)));
        ledger.append(SampleEvents.wholeLife(i, i, i));
        ledger.append(
            List.of(
                new Event.RunNotStarted(
                    SampleEvents.minute(i), SampleEvents.JOB, SampleEvents.run(i), "ü \"\\ \u2028"),
                SampleEvents.ended(i, RunEnd.FAILED, i)));
        whole = ledger.history().jobs();
      }
    }
    assertThat(disk.names()).containsExactly(ONE, TWO, THREE);
    assertThat(read()).isEqualTo(whole);
  }

  @Test
  void theLastSegmentCutAtAnyByteReadsAsFarAsItsLinesAreWhole() throws Exception {
    byte[] last = disk.bytes(THREE);
    for (int length = 0; length < last.length; length++) {
      disk.replace(THREE, Arrays.copyOf(last, wholeLines(last, length)));
      List<JobHistory> asFarAsWhole = read();

      disk.replace(THREE, Arrays.copyOf(last, length));

      assertThat(read()).as("cut to %d bytes", length).isEqualTo(asFarAsWhole);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void anEarlierSegmentCutAtAnyByteIsRefused(long number) throws Exception {
    String name = LedgerLayout.segmentName(number);
    byte[] bytes = disk.bytes(name);
    for (int length = 0; length < bytes.length; length++) {
      disk.replace(name, Arrays.copyOf(bytes, length));
      assertRefused("cut to " + length, name);
    }
  }

  @Test
  void anyByteChangedInTheMiddleIsRefusedOrChangesNothing() throws Exception {
    Tally sealed = changeEveryByte();

    assertThat(sealed.believed()).isEmpty();
    assertThat(sealed.refused()).isGreaterThan(9 * sealed.tried() / 10);
  }

  /** What the checksums are for: without them this many changes would be believed. */
  @Test
  void withoutChecksumsManyChangesWouldBeBelieved() throws Exception {
    for (String name : disk.names()) {
      String old = disk.text(name).replaceAll(",\"(c|after)\":[^,}]*", "");
      disk.replace(name, old.getBytes(UTF_8));
    }
    assertThat(read()).isEqualTo(whole);

    Tally open = changeEveryByte();

    assertThat(open.believed()).hasSizeGreaterThan(open.tried() / 20);
  }

  @Test
  void aSegmentTooLongIsRefusedToo() throws Exception {
    String more = disk.text(ONE).lines().skip(1).findFirst().orElseThrow() + "\n";
    disk.append(ONE, more);

    assertRefused("a line more", ONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\0\0\0\0\n",
        "{\"v\":1,\"type\":\n",
        "{\"v\":1,\"type\":\"heartbeat\"}\n",
        "{}\n",
        "[]\n",
        "null\n",
        "\n",
        "\r\n",
        "<html>502 Bad Gateway</html>\n",
        "{\"v\":1,\"type\":\"run-started\",\"at\":\"2026-03-01T12:00:00Z\",\"job\":\"a b\",\"run\":\"x\"}\n",
      })
  void aLineOfNoMeaningIsRefusedByFileAndLineWhereverItStands(String garbage) throws Exception {
    for (String name : disk.names()) {
      String text = disk.text(name);
      int second = text.indexOf('\n') + 1;
      for (int at : List.of(second, text.length())) {
        disk.replace(name, (text.substring(0, at) + garbage + text.substring(at)).getBytes(UTF_8));
        long line = text.substring(0, at).lines().count() + 1;
        assertRefused(garbage, name + ":" + line + ": ");
      }
      disk.replace(name, text.getBytes(UTF_8));
    }
  }

  @Test
  void aTypeThatThisVersionDoesNotKnowIsRefusedAndSaysToUpgrade() throws Exception {
    disk.append(THREE, "{\"v\":1,\"type\":\"run-teleported\",\"at\":\"2026-03-01T12:00:00Z\"}\n");

    assertRefused("an unknown type", "written by a newer savepointd: event type 'run-teleported'");
    assertRefused("an unknown type", "nothing is done until this one is upgraded too");
  }

  @Test
  void aFormatThatThisVersionDoesNotKnowIsRefusedAndSaysToUpgrade() throws Exception {
    disk.append(THREE, "{\"v\":2}\n");

    assertRefused("a newer format", "written by a newer savepointd: format version 2");
    assertRefused("a newer format", "nothing is done until this one is upgraded too");
  }

  @Test
  void aSegmentMissingInTheMiddleIsRefused() throws Exception {
    disk.remove(TWO);

    assertRefused("no second segment", TWO + ":1: the segment is missing");
  }

  @Test
  void aSegmentWithoutItsFirstLineIsRefused() throws Exception {
    String text = disk.text(THREE);
    disk.replace(THREE, text.substring(text.indexOf('\n') + 1).getBytes(UTF_8));

    assertRefused("headless", THREE + ":1: the first line doesn't say who opened the segment");
  }

  @Test
  void anEmptyLastSegmentIsOneWhoseOwnerDiedEarly() throws Exception {
    disk.replace(LedgerLayout.segmentName(4), new byte[0]);

    assertThat(read()).isEqualTo(whole);
    open().close();
    assertThat(read()).isEqualTo(whole);
  }

  @Test
  void twoFilesOfOneNumberAreRefused() throws Exception {
    disk.append("00000000002.jsonl", disk.text(TWO));

    assertRefused("twins", "00000000002.jsonl:1: the name means the same as " + TWO);
  }

  @Test
  void filesOfOthersAreIgnoredAndLeftAlone() throws Exception {
    List<String> others =
        List.of(
            "0000000002.jsonl.bak",
            "README",
            "_COPYING_",
            ".0000000004.jsonl.swp",
            "0000000000.jsonl",
            "4.jsonl",
            "snapshot-0000000000.jsonl");
    others.forEach(name -> disk.append(name, "garbage\n"));

    assertThat(read()).isEqualTo(whole);
    open().close();

    assertThat(read()).isEqualTo(whole);
    assertThat(disk.names()).containsAll(others);
  }

  private record Tally(int tried, int refused, List<String> believed) {}

  /** One at a time, in the middle segment: a bit, the case, the top bit, a newline, a NUL. */
  private Tally changeEveryByte() throws Exception {
    byte[] bytes = disk.bytes(TWO);
    int tried = 0;
    int refused = 0;
    List<String> believed = new ArrayList<>();
    for (int i = 0; i < bytes.length; i++) {
      for (int with : new int[] {bytes[i] ^ 1, bytes[i] ^ 0x20, bytes[i] ^ 0x80, '\n', 0}) {
        if ((byte) with == bytes[i]) {
          continue;
        }
        byte[] changed = bytes.clone();
        changed[i] = (byte) with;
        disk.replace(TWO, changed);
        tried++;
        try {
          if (!read().equals(whole)) {
            believed.add("byte " + i + " as " + with);
          }
        } catch (LedgerUnreadable e) {
          assertThat(e).hasMessageContaining(TWO + ":");
          refused++;
        }
      }
    }
    disk.replace(TWO, bytes);
    return new Tally(tried, refused, believed);
  }

  private void assertRefused(String what, String says) {
    Map<String, String> before = contents();
    assertThatThrownBy(this::read)
        .as(what)
        .isInstanceOf(LedgerUnreadable.class)
        .hasMessageContaining(says)
        .hasMessageContaining("nothing is done until");
    assertThatThrownBy(this::open).as(what).isInstanceOf(LedgerUnreadable.class);
    assertThat(contents()).as(what).isEqualTo(before);
  }

  private Map<String, String> contents() {
    Map<String, String> contents = new TreeMap<>();
    disk.names().forEach(name -> contents.put(name, disk.text(name)));
    return contents;
  }

  private static int wholeLines(byte[] bytes, int length) {
    int end = length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  private List<JobHistory> read() throws IOException {
    return directory().read().history().jobs();
  }

  private Ledger open() throws LedgerHeld, IOException {
    return directory().tryOpen(lost -> {});
  }

  private LedgerDirectory directory() {
    return new LedgerDirectory(
        new LedgerContext(
            disk.store(),
            new LedgerSettings(Duration.ofHours(1), Duration.ofHours(2), 1 << 20, 0),
            new EventCodec(),
            SampleEvents.owner("a"),
            ProcessTableTest.table(true, Map.of()),
            Clock.fixed(SampleEvents.minute(1000), ZoneOffset.UTC),
            new SteppedTime()));
  }
}
