package io.savepointd.job;

/** An argument the job can't go on with; its message names the argument. */
public final class ArgumentException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  ArgumentException(String message) {
    super(message + "; nothing was submitted (--help lists the arguments)");
  }
}
