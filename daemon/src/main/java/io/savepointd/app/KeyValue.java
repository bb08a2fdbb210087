package io.savepointd.app;

/**
 * The value of one key of the configuration, as text.
 *
 * @param secret whether the text is not to be told
 * @param fromNextStart whether a run that goes on isn't concerned
 */
record KeyValue(String text, boolean secret, boolean fromNextStart) {
  /** Of a key that isn't set. */
  static final KeyValue NONE = shown("none");

  static KeyValue shown(String text) {
    return new KeyValue(text, false, false);
  }

  static KeyValue hidden(String text) {
    return new KeyValue(text, true, false);
  }

  /** The same, of a key that only a start looks at. */
  KeyValue atStart() {
    return new KeyValue(text, secret, true);
  }

  /** One line on this key's change. */
  String change(String key, KeyValue before, KeyValue after) {
    boolean hide = secret || before.secret() || after.secret();
    return key
        + (hide ? " (changed)" : " " + before.text() + " -> " + after.text())
        + (fromNextStart ? ": from its next start on" : "");
  }
}
