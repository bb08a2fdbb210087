package io.savepointd.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * What was laid down about a job and stands until it is lifted, whatever becomes of its runs.
 *
 * @param stopWanted when a person asked for the job to be stopped; empty if it is to run
 * @param hold why it isn't started by itself any more
 * @param forgivenAt deaths before this don't count as a crash loop
 */
public record Orders(
    Optional<Instant> stopWanted, Optional<Hold> hold, Optional<Instant> forgivenAt) {
  /** Nothing was laid down. */
  static final Orders NONE = new Orders(Optional.empty(), Optional.empty(), Optional.empty());

  /** Since when and why a job is held. */
  public record Hold(Instant at, String reason) {}

  Orders stop(Instant at) {
    return new Orders(Optional.of(at), hold, forgivenAt);
  }

  Orders start() {
    return new Orders(Optional.empty(), hold, forgivenAt);
  }

  Orders held(Hold next) {
    return new Orders(stopWanted, Optional.of(next), forgivenAt);
  }

  Orders released(Instant at) {
    return new Orders(stopWanted, Optional.empty(), Optional.of(at));
  }
}
