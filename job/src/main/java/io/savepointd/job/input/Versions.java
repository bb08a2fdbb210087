package io.savepointd.job.input;

import java.io.IOException;

/** Refuses state that a later version of this job wrote. */
final class Versions {
  private Versions() {}

  static void check(String what, int known, int found) throws IOException {
    if (known != found) {
      throw new IOException(
          "The "
              + what
              + " in the restored state has version "
              + found
              + ", this job reads "
              + known
              + "; restore it with the job's version that wrote it");
    }
  }
}
