package io.savepointd.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Reads the bytes of a whole segment. A last line without a newline is torn and cut off, in any
 * segment: each of them may have been left by a stream that broke in the middle of a write. Such a
 * line was never acknowledged, so nothing was done because of it. Heartbeats are checked like any
 * other line and left out: they tell nothing to who reads later, and an idle owner writes more of
 * them than of everything else.
 */
final class SegmentReader {
  private final EventCodec codec;

  SegmentReader(EventCodec codec) {
    this.codec = codec;
  }

  /**
   * What {@code bytes} say.
   *
   * @param file named in the error
   */
  Segment read(String file, byte[] bytes) throws LedgerUnreadable {
    List<Event> events = new ArrayList<>();
    int start = 0;
    int line = 0;
    OptionalLong lengthBefore = OptionalLong.empty();
    for (int end = newline(bytes, start); end >= 0; end = newline(bytes, start)) {
      line++;
      try {
        String text = text(bytes, start, end);
        LineSeal.check(text);
        Event event = codec.decode(text);
        if (line == 1 && !(event instanceof Event.Opened)) {
          throw new UnreadableLine("the first line doesn't say who opened the segment");
        }
        if (line == 1) {
          lengthBefore = SegmentLink.of(text);
        }
        if (!(event instanceof Event.Heartbeat)) {
          events.add(event);
        }
      } catch (UnreadableLine e) {
        throw new LedgerUnreadable(file, line, e.getMessage() + e.remedy());
      }
      start = end + 1;
    }
    refuseBrokenEnd(file, line + 1, bytes, start);
    return new Segment(events, bytes.length - start, line, start, lengthBefore);
  }

  /** A line that is whole and followed by something else than its newline isn't torn. */
  private static void refuseBrokenEnd(String file, int line, byte[] bytes, int start)
      throws LedgerUnreadable {
    String tail = new String(bytes, start, bytes.length - start, StandardCharsets.ISO_8859_1);
    int end = tail.lastIndexOf('}') + 1;
    if (end > 0 && end < tail.length()) {
      String whole = new String(bytes, start, end, StandardCharsets.UTF_8);
      if (LineSeal.intact(whole)) {
        throw new LedgerUnreadable(
            file,
            line,
            "the line is whole and doesn't end with a newline" + new UnreadableLine("").remedy());
      }
    }
  }

  private static int newline(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static String text(byte[] bytes, int start, int end) throws UnreadableLine {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, start, end - start))
          .toString();
    } catch (CharacterCodingException e) {
      throw new UnreadableLine("not UTF-8", e);
    }
  }
}
