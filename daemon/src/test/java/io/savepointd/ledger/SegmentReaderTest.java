package io.savepointd.ledger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.savepointd.model.Origin;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentReaderTest {
  private static final Event OPENED = new Event.Opened(SampleEvents.START, SampleEvents.owner("a"));
  private static final Event BEAT = new Event.Heartbeat(SampleEvents.START);

  private final EventCodec codec = new EventCodec();
  private final SegmentReader reader = new SegmentReader(codec);

  @Test
  void readsEveryLine() throws LedgerUnreadable {
    Event event = SampleEvents.started(1, 1);

    Segment segment = reader.read("s", (line(OPENED) + line(event)).getBytes(UTF_8));

    assertThat(segment).extracting(Segment::events).isEqualTo(List.of(OPENED, event));
    assertThat(segment.owner()).contains(SampleEvents.owner("a"));
  }

  @Test
  void heartbeatsDoNotPileUpAndStillCountAsLines() throws LedgerUnreadable {
    Event event = SampleEvents.started(1, 1);
    String beats = line(OPENED) + line(BEAT).repeat(1000) + line(event) + line(BEAT);

    assertThat(reader.read("s", beats.getBytes(UTF_8)).events()).containsExactly(OPENED, event);
    assertThatThrownBy(() -> reader.read("s", (beats + "%&$\n").getBytes(UTF_8)))
        .hasMessageStartingWith("s:1004: not JSON");
  }

  @Test
  void anEmptySegmentSaysNothing() throws LedgerUnreadable {
    assertThat(reader.read("s", new byte[0]).owner()).isEmpty();
  }

  @Test
  void cutsOffATornLastLineWhereverItIsTorn() throws LedgerUnreadable {
    byte[] whole =
        (line(OPENED) + line(SampleEvents.intended(1, new Origin.Empty(), 0))).getBytes(UTF_8);
    int first = line(OPENED).getBytes(UTF_8).length;

    for (int end = first; end < whole.length; end++) {
      Segment segment = reader.read("s", Arrays.copyOf(whole, end));
      assertThat(segment.events()).containsExactly(OPENED);
      assertThat(segment.tornBytes()).isEqualTo(end - first);
    }
  }

  @Test
  void aLineThatLacksOnlyItsNewlineIsTornToo() throws LedgerUnreadable {
    String text = line(OPENED) + codec.encode(BEAT);

    assertThat(reader.read("s", text.getBytes(UTF_8)).events()).containsExactly(OPENED);
  }

  @Test
  void refusesGarbageInTheMiddleByFileAndLine() {
    String text = line(OPENED) + "%&$\n" + line(BEAT);

    assertThatThrownBy(() -> reader.read("ledger/0000000003.jsonl", text.getBytes(UTF_8)))
        .isInstanceOf(LedgerUnreadable.class)
        .hasMessageStartingWith("ledger/0000000003.jsonl:2: not JSON")
        .hasMessageEndingWith("nothing is done until the ledger can be read whole");
  }

  @Test
  void refusesGarbageInAWholeLastLine() {
    assertThatThrownBy(() -> reader.read("s", (line(OPENED) + "\0\0\n").getBytes(UTF_8)))
        .hasMessageStartingWith("s:2: ");
  }

  @Test
  void refusesWhatIsNotUtf8() {
    byte[] bytes = (line(OPENED) + "{\"ü\":1}\n").getBytes(ISO_8859_1);

    assertThatThrownBy(() -> reader.read("s", bytes)).hasMessageStartingWith("s:2: not UTF-8");
  }

  @Test
  void refusesASegmentThatDoesNotBeginWithItsOwner() {
    assertThatThrownBy(() -> reader.read("s", line(BEAT).getBytes(UTF_8)))
        .hasMessageStartingWith("s:1: the first line doesn't say who opened the segment");
  }

  private String line(Event event) {
    return codec.encode(event) + "\n";
  }
}
