package io.savepointd.app;

import io.savepointd.model.Job;

/**
 * The value of one key of the configuration, as text.
 *
 * @param secret whether the text is not to be told
 * @param takes when a run that goes on is concerned, in words; empty if at once
 */
record KeyValue(String text, boolean secret, String takes) {
  /** Of a key that isn't set. */
  static final KeyValue NONE = shown("none");

  static KeyValue shown(String text) {
    return new KeyValue(text, false, "");
  }

  static KeyValue hidden(String text) {
    return new KeyValue(text, true, "");
  }

  /** The same, of a key that only a start looks at. */
  KeyValue atStart() {
    return new KeyValue(text, secret, ": from its next start on");
  }

  /** The same, of a key that a run keeps, and what brings it back after its death. */
  KeyValue byUpgrade() {
    return new KeyValue(text, secret, ": by `savepointd upgrade` or a start by command");
  }

  /** The same, of the cluster, where a run stays until it is moved. */
  KeyValue byMove(Job job) {
    return new KeyValue(
        text,
        secret,
        ": by `savepointd move " + job.name() + " --to " + text + "` or a start by command");
  }

  /** One line on this key's change. */
  String change(String key, KeyValue before, KeyValue after) {
    boolean hide = secret || before.secret() || after.secret();
    return key + (hide ? " (changed)" : " " + before.text() + " -> " + after.text()) + takes;
  }
}
