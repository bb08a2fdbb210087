package io.savepointd.retention;

/**
 * What one rule says of one savepoint.
 *
 * @param wanted whether the rule wants it kept; if not, another one may
 * @param reason in words for a person
 */
public record Verdict(boolean wanted, String reason) {
  static Verdict keep(String reason) {
    return new Verdict(true, reason);
  }

  static Verdict pass(String reason) {
    return new Verdict(false, reason);
  }
}
