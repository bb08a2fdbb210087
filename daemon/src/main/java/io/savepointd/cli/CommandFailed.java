package io.savepointd.cli;

/** A command can't go on; {@code main} prints the message and ends with the code. */
final class CommandFailed extends Exception {
  private static final long serialVersionUID = 1L;

  private final ExitCode code;

  CommandFailed(ExitCode code, String message) {
    super(message);
    this.code = code;
  }

  ExitCode code() {
    return code;
  }
}
