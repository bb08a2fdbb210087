package io.savepointd.simulation;

/** A fault put in on purpose, one for each rule, to see that the rule's keeper is awake. */
enum Mutation {
  NONE(""),
  /** A ledger that acknowledges what it has yet to write. */
  ACKNOWLEDGES_BEFORE_DURABLE(IntentFirst.NAME),
  /** A daemon that goes on when its ledger is lost. */
  IGNORES_LOSS(LeaseHeld.NAME),
  /** A client that takes an error for an empty list of runs. */
  TAKES_AN_ERROR_FOR_NO_RUNS(OneRun.NAME),
  /** A submission of unknown outcome that is sent again under another id. */
  RESENDS_UNDER_A_FRESH_ID(IntentFirst.NAME),
  /** A daemon that begins without reading what was before it. */
  FORGETS_HISTORY(NeverEmpty.NAME),
  /** A verifier that finds everything good. */
  VERIFIES_NOTHING(OnlyVerified.NAME),
  /** A retention that condemns the newest. */
  CONDEMNS_THE_NEWEST(SafeDeletions.NAME),
  /** A client that takes an error for a failed savepoint. */
  TAKES_AN_ERROR_FOR_A_FAILURE(UnknownIsNotFailed.NAME),
  /** A reader that leaves out what it can't understand. */
  OVERLOOKS_GARBAGE(BadInput.NAME),
  /** A scheduler that does not fire. */
  SWALLOWS_FIRINGS(Freshness.NAME),
  /** A look at the storage that sees no checkpoints. */
  OVERLOOKS_CHECKPOINTS(NewestState.NAME),
  /** A deletion that does nothing. */
  FORGETS_TO_DELETE(Ending.NAME);

  private final String rule;

  Mutation(String rule) {
    this.rule = rule;
  }

  /** The rule that it breaks. */
  String rule() {
    return rule;
  }
}
