package io.savepointd.doctor;

import java.io.IOException;
import java.util.List;

/** One look at one thing. May be carried out at the same time as others. */
public interface Check {
  /** What is looked at, unique among all checks. */
  String name();

  /** Checks named before this one without whose success there is nothing to look at. */
  default List<String> needs() {
    return List.of();
  }

  /** Checks named before this one that must be over, whatever has come of them. */
  default List<String> after() {
    return List.of();
  }

  /** Looks; may block for some seconds, and is given up after that. */
  Verdict look() throws IOException;

  /** What to do where {@link #look} has failed like this, or gave no answer in time. */
  String remedy(IOException failure);
}
