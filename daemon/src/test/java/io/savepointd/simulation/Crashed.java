package io.savepointd.simulation;

/** A process of the simulated world is dead, and whatever it still tries comes to nothing. */
final class Crashed extends Error {
  private static final long serialVersionUID = 1L;

  Crashed(String process) {
    super(process + " is dead", null, false, false);
  }
}
