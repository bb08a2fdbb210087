package io.savepointd.supervise;

/** Why a lane ends, as those are told who still wait for an answer. */
public enum Parting {
  /** Its daemon stops, or lets go of the ledger. */
  DAEMON_STOPS(
      "the daemon is stopping",
      "the daemon stopped before the outcome was known",
      "the daemon stopped before the job did; the stop stands and goes on with the next"),

  /** A new configuration doesn't name the job any more. */
  JOB_REMOVED(
      "the job was removed from the configuration",
      "the job was removed from the configuration before the outcome was known",
      "the job was removed from the configuration before it stopped; the stop stands and goes on"
          + " once it is configured again");

  private final String tooLate;
  private final String underWay;
  private final String stopping;

  Parting(String tooLate, String underWay, String stopping) {
    this.tooLate = tooLate;
    this.underWay = underWay;
    this.stopping = stopping;
  }

  /** For a demand that wasn't taken in. */
  Answer tooLate() {
    return new Answer.Failed(tooLate);
  }

  /** For one whose outcome isn't known; what was begun stays open on the ledger. */
  Answer underWay() {
    return new Answer.Failed(underWay);
  }

  /** For a stop, which is on the ledger. */
  Answer stopping() {
    return new Answer.Failed(stopping);
  }
}
