package io.savepointd.scrub;

import io.savepointd.ledger.Event;
import java.util.List;

/**
 * A ledger made from the storage alone.
 *
 * @param events everything that is to stand on it, in order
 * @param rows what becomes of each savepoint that was found, by job, newest first
 * @param held what holds jobs, one for each
 */
public record RebuildPlan(List<Event.OfJob> events, List<Row> rows, List<Event.JobHeld> held) {
  /** Copies the lists. */
  public RebuildPlan {
    events = List.copyOf(events);
    rows = List.copyOf(rows);
    held = List.copyOf(held);
  }

  /**
   * What becomes of one savepoint.
   *
   * @param takenIn whether it is on the new ledger
   * @param reason why not; empty if it is
   */
  public record Row(Found found, boolean takenIn, String reason) {}
}
