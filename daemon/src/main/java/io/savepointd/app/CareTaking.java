package io.savepointd.app;

import io.savepointd.admin.NotNow;
import io.savepointd.admin.VerifyBody;
import io.savepointd.config.JobSettings;
import io.savepointd.ledger.JobHistory;
import io.savepointd.model.JobName;
import io.savepointd.model.Savepoint;
import io.savepointd.model.SavepointFormat;
import io.savepointd.storage.SavepointStore;
import io.savepointd.storage.StorageUnavailable;
import io.savepointd.storage.Verification;
import io.savepointd.supervise.Answer;
import io.savepointd.supervise.Demand;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is done about savepoints once they were looked at, by whoever may write to the ledger. */
final class CareTaking {
  private final Reports reports;
  private final Hand hand;

  CareTaking(Reports reports, Hand hand) {
    this.reports = reports;
    this.hand = hand;
  }

  /** Carries demands out: a job's lane, or a command that holds the ledger itself. */
  interface Hand {
    Answer carryOut(JobSettings job, Demand.Care demand) throws IOException, NotNow;

    JobHistory history(JobName job) throws NotNow;
  }

  /** Does what the findings call for, and tells of all. */
  VerifyBody settle(List<Inspection.Finding> findings) throws IOException, NotNow {
    List<VerifyBody.LookBody> bodies = new ArrayList<>();
    for (Inspection.Finding finding : findings) {
      bodies.add(settle(finding));
    }
    return new VerifyBody(bodies);
  }

  private VerifyBody.LookBody settle(Inspection.Finding finding) throws IOException, NotNow {
    Savepoint savepoint = finding.savepoint();
    if (finding.care().isEmpty()) {
      return finding.body(Optional.empty());
    }
    if (!reports.configured(savepoint.job())) {
      return finding.body(
          Optional.of("left as it is: job " + savepoint.job() + " is no longer configured"));
    }
    JobSettings job = reports.meant(Optional.of(savepoint.job())).get(0);
    Answer answer = hand.carryOut(job, finding.care().get());
    boolean gone =
        hand.history(savepoint.job())
            .savepoint(savepoint.id())
            .filter(SavepointNames::kept)
            .isEmpty();
    if (gone) {
      return finding.deletedMeanwhile();
    }
    String how =
        answer instanceof Answer.Done
            ? finding.care().get() instanceof Demand.Clear ? "retained again" : "quarantined"
            : "left as it is: " + answer.message();
    return finding.body(Optional.of(how));
  }

  /** Where nobody may write to the ledger. */
  static VerifyBody untouched(List<Inspection.Finding> findings, String why) {
    return new VerifyBody(
        findings.stream().map(f -> f.body(f.care().map(care -> "left as it is: " + why))).toList());
  }

  /** Takes what lies at {@code typed} in, if it is good. */
  Answer adopt(JobSettings job, String typed, SavepointStore store) throws IOException, NotNow {
    String path = store.spelled(typed);
    try {
      Verification found = store.verify(path);
      if (found instanceof Verification.Damaged damaged) {
        return new Answer.Refused(path + " is no good: " + damaged.reason());
      } else if (found instanceof Verification.Missing missing) {
        return new Answer.Refused("no savepoint is there: " + missing.reason());
      }
      Verification.Good good = (Verification.Good) found;
      Optional<Instant> writtenAt = store.writtenAt(path);
      return writtenAt.isEmpty()
          ? new Answer.Failed(path + " has vanished while it was looked at")
          : hand.carryOut(job, new Demand.Adopt(path, writtenAt.get(), format(good), good));
    } catch (StorageUnavailable e) {
      return new Answer.Unreachable(e.getMessage());
    }
  }

  /**
   * A canonical savepoint has all of its files in its own directory. One that needs others is in
   * Flink's own format; the rest can't be told apart, and passes for what Flink makes by default.
   */
  private static SavepointFormat format(Verification.Good good) {
    return good.outside().isEmpty() ? SavepointFormat.CANONICAL : SavepointFormat.NATIVE;
  }
}
