package io.savepointd.ledger;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The owner's stream through one segment after the other; used by one thread. After any IOException
 * it is to be abandoned.
 */
final class SegmentStream {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentStream.class);

  private final LedgerContext context;
  private volatile Current current;

  private record Current(long number, SegmentWriter writer, long bytes) {}

  private SegmentStream(LedgerContext context, Current current) {
    this.context = context;
    this.current = current;
  }

  /**
   * Becomes the owner by creating the segment {@code number}.
   *
   * @param lengthBefore of the segment before, if there is one
   * @throws SegmentTaken if somebody else was faster
   */
  static SegmentStream claim(LedgerContext context, long number, OptionalLong lengthBefore)
      throws IOException {
    return new SegmentStream(context, begin(context, number, lengthBefore));
  }

  /** Writes events and returns once they are durable; begins the next segment before, if due. */
  void write(List<? extends Event> events) throws IOException {
    if (current.bytes() > context.settings().segmentBytes()) {
      roll();
    }
    put(events);
  }

  private void put(List<? extends Event> events) throws IOException {
    byte[] bytes = lines(context.codec(), events);
    current.writer().write(bytes);
    current.writer().sync();
    current = new Current(current.number(), current.writer(), current.bytes() + bytes.length);
  }

  /** The segment written to; may be asked by any thread. */
  long number() {
    return current.number();
  }

  /** Lets go in order. */
  void close() throws IOException {
    put(List.of(new Event.Closed(context.clock().instant())));
    current.writer().close();
  }

  /** Closes what can be closed of a stream that is lost. */
  void abandon() {
    quietly(current.writer());
  }

  /**
   * The next segment is created while this one is still ours, so that there is no moment in which
   * neither is: whoever else wants the next number first has to fence this one, and then creating
   * it here, or closing this one, fails.
   */
  private void roll() throws IOException {
    Current next = begin(context, current.number() + 1, OptionalLong.of(current.bytes()));
    try {
      current.writer().close();
    } catch (IOException e) {
      quietly(next.writer());
      throw e;
    }
    current = next;
    LOG.info("event=ledger.rolled segment={}", next.number());
  }

  private static Current begin(LedgerContext context, long number, OptionalLong lengthBefore)
      throws IOException {
    String name = LedgerLayout.segmentName(number);
    SegmentWriter writer;
    try {
      writer = context.store().create(name);
    } catch (FileAlreadyExistsException e) {
      throw new SegmentTaken(context.store().address(name), e);
    }
    try {
      requireHighest(context, number);
      Event opened = new Event.Opened(context.clock().instant(), context.self());
      byte[] bytes = line(SegmentLink.add(context.codec().encode(opened), lengthBefore));
      writer.write(bytes);
      writer.sync();
      return new Current(number, writer, bytes.length);
    } catch (IOException e) {
      quietly(writer);
      throw e;
    }
  }

  /**
   * Creating the number proves nothing if others have used it, gone on and compacted it away since
   * we looked. Then there is a higher one, and ours is a leftover below a snapshot.
   */
  private static void requireHighest(LedgerContext context, long number) throws IOException {
    long last = LedgerLayout.highest(context.store().list());
    if (last != number) {
      throw new SegmentTaken(context.store().address(LedgerLayout.segmentName(last)), null);
    }
  }

  static byte[] lines(EventCodec codec, List<? extends Event> events) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Event event : events) {
      bytes.writeBytes(line(codec.encode(event)));
    }
    return bytes.toByteArray();
  }

  private static byte[] line(String unsealed) {
    return (LineSeal.seal(unsealed) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static void quietly(SegmentWriter writer) {
    try {
      writer.close();
    } catch (IOException e) {
      LOG.debug("event=ledger.close-failed", e);
    }
  }
}
