package io.savepointd.job;

/** The values of {@code --source}. */
enum SourceKind {
  SOCKET,
  SEQUENCE
}
