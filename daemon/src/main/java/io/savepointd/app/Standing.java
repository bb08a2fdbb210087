package io.savepointd.app;

import io.savepointd.ledger.LedgerHeld;
import java.time.Duration;
import java.time.Instant;

/** How the daemon stands while it has no term. */
sealed interface Standing {
  /** As {@code status} says it. */
  String word();

  /** Why, in words, as it is at {@code now}. */
  String detail(Instant now);

  /** It can't be had yet. */
  record Starting(String reason) implements Standing {
    @Override
    public String word() {
      return "starting";
    }

    @Override
    public String detail(Instant now) {
      return reason;
    }
  }

  /**
   * Another process holds the ledger.
   *
   * @param held says who
   * @param heardAt its last sign of life, by our clock
   * @param silence how long it must give none before it is fenced
   */
  record Standby(String held, Instant heardAt, Duration silence) implements Standing {
    static Standby of(LedgerHeld held, Instant heardAt, Duration silence) {
      return new Standby(held.getMessage(), heardAt, silence);
    }

    @Override
    public String word() {
      return "standby";
    }

    @Override
    public String detail(Instant now) {
      return held
          + ", last heard from "
          + Math.max(0, Duration.between(heardAt, now).toSeconds())
          + " s ago; takes over at once if that one lets go (`savepointd promote` asks it to), else"
          + " once it has been silent for "
          + silence.toMillis() / 1000.0
          + " s and its lease is recovered, mostly within 4 s more; no sooner, since fencing an"
          + " owner that is only busy can leave the ledger's file unreadable for minutes";
    }
  }
}
