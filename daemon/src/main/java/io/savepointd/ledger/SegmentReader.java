package io.savepointd.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

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
    for (int end = newline(bytes, start); end >= 0; end = newline(bytes, start)) {
      line++;
      try {
        Event event = codec.decode(text(bytes, start, end));
        if (line == 1 && !(event instanceof Event.Opened)) {
          throw new UnreadableLine("the first line doesn't say who opened the segment");
        }
        if (!(event instanceof Event.Heartbeat)) {
          events.add(event);
        }
      } catch (UnreadableLine e) {
        throw unreadable(file, line, e.getMessage());
      }
      start = end + 1;
    }
    return new Segment(events, bytes.length - start);
  }

  private static LedgerUnreadable unreadable(String file, int line, String reason) {
    return new LedgerUnreadable(
        file, line, reason + "; nothing is done until the ledger can be read whole");
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
