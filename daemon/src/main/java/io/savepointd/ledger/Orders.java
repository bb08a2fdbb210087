package io.savepointd.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * What was laid down about a job and stands until it is lifted, whatever becomes of its runs.
 *
 * @param stopWanted when a person asked for the job to be stopped; empty if it is to run
 * @param hold why it isn't started by itself any more
 * @param forgivenAt deaths before this don't count as a crash loop
 * @param lifted whether a stop or a hold was lifted since the last run ended, so that the
 *     configuration counts for the next; told by the order of events, since clocks are set back
 * @param upgrade one that is under way
 * @param lastUpgrade what became of the last one that is over
 */
public record Orders(
    Optional<Instant> stopWanted,
    Optional<Hold> hold,
    Optional<Instant> forgivenAt,
    boolean lifted,
    Optional<Upgrade> upgrade,
    Optional<Upgrade.Result> lastUpgrade) {
  /** Nothing was laid down. */
  static final Orders NONE =
      new Orders(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false,
          Optional.empty(),
          Optional.empty());

  /** Since when and why a job is held. */
  public record Hold(Instant at, String reason) {}

  Orders stop(Instant at) {
    return new Orders(Optional.of(at), hold, forgivenAt, lifted, upgrade, lastUpgrade);
  }

  Orders start() {
    return new Orders(Optional.empty(), hold, forgivenAt, true, upgrade, lastUpgrade);
  }

  /** What was lifted before a run's end says nothing of the starts after it. */
  Orders runOver() {
    return new Orders(stopWanted, hold, forgivenAt, false, upgrade, lastUpgrade);
  }

  Orders held(Hold next) {
    return new Orders(stopWanted, Optional.of(next), forgivenAt, lifted, upgrade, lastUpgrade);
  }

  Orders released(Instant at) {
    return new Orders(stopWanted, Optional.empty(), Optional.of(at), true, upgrade, lastUpgrade);
  }

  Orders upgrade(Upgrade next) {
    return new Orders(stopWanted, hold, forgivenAt, lifted, Optional.of(next), Optional.empty());
  }

  /** How often the new launch has died tells nothing of the old one. */
  Orders givenUp(Instant at, String reason) {
    return new Orders(
        stopWanted,
        hold,
        Optional.of(at),
        lifted,
        upgrade.map(u -> u.givenUp(new Upgrade.GivenUp(at, reason))),
        lastUpgrade);
  }

  Orders over(Upgrade.Result result) {
    return new Orders(stopWanted, hold, forgivenAt, lifted, Optional.empty(), Optional.of(result));
  }
}
