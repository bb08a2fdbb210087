package io.savepointd.model;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** By which of its two ways a launch was digested; its file says so. */
public enum Digesting {
  /** SHA-256. */
  PLAIN,
  /** The same, and PBKDF2 over it: for a launch with secrets. */
  SLOW;

  /** The way for a job, by what counts as a secret today. */
  public static Digesting of(Job job) {
    return Secrets.of(job.args(), job.flinkConfiguration()).isEmpty() ? PLAIN : SLOW;
  }

  /** The one of that name; empty for any other. */
  public static Optional<Digesting> named(String name) {
    return Stream.of(values()).filter(way -> way.word().equals(name)).findFirst();
  }

  /** Its name in a launch's file. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
