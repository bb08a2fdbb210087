package io.savepointd.supervise;

/** What became of a demand. */
public sealed interface Answer {
  /** One readable line. */
  String message();

  /** It was carried out and its outcome is on the ledger. */
  record Done(String message) implements Answer {}

  /** It was tried and failed. */
  record Failed(String message) implements Answer {}

  /** It was not tried, since it might lose or double something; nothing has changed. */
  record Refused(String message) implements Answer {}

  /** It could not be tried, since the cluster or the storage can't be reached. */
  record Unreachable(String message) implements Answer {}
}
