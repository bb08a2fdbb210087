package io.savepointd.app;

import io.savepointd.admin.OutcomeBody;
import io.savepointd.config.JobSettings;
import io.savepointd.flink.JarDigest;
import io.savepointd.ledger.History;
import io.savepointd.ledger.JobHistory;
import io.savepointd.model.JobName;
import io.savepointd.model.Launch;
import io.savepointd.model.Run;
import io.savepointd.supervise.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What an upgrade would change, said and not done. */
final class UpgradePreview {
  private UpgradePreview() {}

  /** Reads the jar. */
  static List<OutcomeBody> of(JobSettings settings, History history) {
    JobName job = settings.job().name();
    return List.of(OutcomeBody.of(job.value(), answer(settings, history.of(job))));
  }

  private static Answer answer(JobSettings settings, JobHistory history) {
    Optional<Run> run = history.openRun();
    if (run.isEmpty()) {
      return new Answer.Refused("the job isn't running");
    }
    Optional<Launch> runs = run.get().launch().filter(Launch::kept);
    if (runs.isEmpty()) {
      return new Answer.Refused(
          "what run "
              + run.get().id()
              + " was started with isn't known; `stop` and `start` start it as configured");
    }
    Launch configured;
    try {
      configured =
          Launch.of(
              settings.job(),
              JarDigest.of(settings.job().jar()),
              settings.supervision().restore().allowNonRestoredState());
    } catch (IOException e) {
      return new Answer.Refused("jar " + settings.job().jar() + " can't be read: " + e);
    }
    return configured.same(runs.get())
        ? new Answer.Done("nothing to change: run " + run.get().id() + " runs as configured")
        : new Answer.Done(
            "would stop run "
                + run.get().id()
                + " with a savepoint and go on from it with "
                + String.join(", ", runs.get().changesTo(configured)));
  }
}
