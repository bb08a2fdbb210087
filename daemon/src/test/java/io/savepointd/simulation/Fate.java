package io.savepointd.simulation;

/** What becomes of one request that has an effect. */
enum Fate {
  ARRIVES,
  /** It never arrives, and its sender can't know that. */
  LOST,
  ANSWER_LOST,
  /** Its sender has long given up when it arrives. */
  LATE,
  /** It arrives again after a while. */
  TWICE
}
