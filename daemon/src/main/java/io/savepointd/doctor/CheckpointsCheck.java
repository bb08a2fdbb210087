package io.savepointd.doctor;

import io.savepointd.config.JobSettings;
import io.savepointd.ledger.LedgerView;
import io.savepointd.model.CheckpointHome;
import io.savepointd.model.CheckpointRetention;
import io.savepointd.model.Run;
import io.savepointd.supervise.KeptCheckpoints;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Whether a job that is to be brought back from checkpoints will find any, by its last run. */
final class CheckpointsCheck implements Check {
  private final JobSettings job;
  private final Seen<LedgerView> ledger;

  CheckpointsCheck(JobSettings job, Seen<LedgerView> ledger) {
    this.job = job;
    this.ledger = ledger;
  }

  @Override
  public String name() {
    return "job " + job.job().name() + " checkpoints";
  }

  @Override
  public List<String> after() {
    return List.of(LedgerCheck.NAME);
  }

  @Override
  public Verdict look() {
    Optional<Run> last =
        LedgerCheck.history(ledger, job.job().name()).runs().stream()
            .filter(Run::checkpointed)
            .reduce((first, second) -> second);
    return last.flatMap(KeptCheckpoints::trouble)
        .<Verdict>map(
            trouble ->
                new Verdict.Warn(
                    trouble,
                    CheckpointRetention.SETTING
                        + ", and a directory that savepointd can read, in flink-configuration;"
                        + " then savepointd upgrade "
                        + job.job().name()))
        .orElseGet(
            () ->
                new Verdict.Ok(
                    last.flatMap(Run::checkpoints)
                        .map(CheckpointHome::directory)
                        .map(directory -> "kept in " + directory)
                        .orElse("none yet")));
  }

  @Override
  public String remedy(IOException failure) {
    return "restore.from = latest-savepoint does without checkpoints";
  }
}
