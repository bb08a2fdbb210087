package io.savepointd.supervise;

import io.savepointd.flink.Submission;
import io.savepointd.model.RunId;
import java.util.Optional;

/** A run under the job's name that somebody else starts. */
final class Foreign {
  private Foreign() {}

  static Submission submission() {
    return new Submission(
        new RunId("f".repeat(32)), KeeperWorld.JOB, "0".repeat(64), Optional.empty(), false);
  }
}
