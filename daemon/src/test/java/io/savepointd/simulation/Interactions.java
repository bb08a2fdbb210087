package io.savepointd.simulation;

/** Counts all touches of the world, and lets a process die at a chosen one of them. */
final class Interactions {
  private int count;
  private int fatal = -1;
  private boolean after;
  private boolean ended;

  void dieAt(int number, boolean afterIt) {
    fatal = number;
    after = afterIt;
  }

  /** What is touched from now on counts no more. */
  void end() {
    ended = true;
  }

  void count(Life process) {
    if (!ended && count++ == fatal) {
      process.dieAt(1, after);
    }
  }

  int count() {
    return count;
  }
}
