package io.savepointd.config;

import io.savepointd.model.JobName;

/** The names that users give to clusters, jobs and schedules. */
final class Names {
  private Names() {}

  /** Whether a schedule may have this name; the shape is that of all names. */
  static boolean isValid(String name) {
    return JobName.isValid(name);
  }

  /** Why a name is none. */
  static String reason(String name) {
    return "'"
        + name
        + "' is no name: 1 to 64 letters, digits, '.', '_' and '-', a letter or digit first";
  }
}
