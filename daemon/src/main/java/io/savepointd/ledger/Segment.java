package io.savepointd.ledger;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a segment says.
 *
 * @param events in the order they were written, without the heartbeats
 * @param tornBytes length of the line without an end that was cut off; 0 if there is none
 * @param lines how many there are, heartbeats and all
 * @param length of its whole lines, in bytes
 * @param lengthBefore of the segment before, as the first line says; empty if it doesn't
 */
record Segment(
    List<Event> events, int tornBytes, int lines, long length, OptionalLong lengthBefore) {
  Segment {
    events = List.copyOf(events);
  }

  /** Who wrote it; empty if its owner never came to saying so. */
  Optional<Owner> owner() {
    return events.stream()
        .findFirst()
        .flatMap(e -> e instanceof Event.Opened o ? Optional.of(o.owner()) : Optional.empty());
  }

  /** Whether its owner let go of it in order. */
  boolean endsInOrder() {
    return !events.isEmpty() && events.get(events.size() - 1) instanceof Event.Closed;
  }
}
