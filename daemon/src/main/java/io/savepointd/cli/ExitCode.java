package io.savepointd.cli;

/** What the process's exit status says; documented in {@code docs/operations.md}. */
enum ExitCode {
  DONE(0),
  FAILED(1),
  USAGE(2),
  UNREACHABLE(3),
  REFUSED(4);

  final int value;

  ExitCode(int value) {
    this.value = value;
  }
}
