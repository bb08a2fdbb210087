package io.savepointd.app;

import io.savepointd.admin.VerifyBody;
import io.savepointd.model.Savepoint;
import io.savepointd.storage.SavepointStore;
import io.savepointd.storage.StorageUnavailable;
import io.savepointd.storage.Verification;
import io.savepointd.supervise.Demand;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at savepoints in the calling thread: deep looks take long, and no lane may wait so. */
final class Inspection {
  private final SavepointStore store;
  private final Clock clock;

  Inspection(SavepointStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** What a look has shown, and how long it took. */
  record Finding(Savepoint savepoint, String result, Optional<String> reason, Duration took) {
    /** What it calls for on the ledger; nothing while nobody can tell. */
    Optional<Demand.Care> care() {
      boolean retained = savepoint.state() == Savepoint.State.RETAINED;
      return switch (result) {
        case "good" -> retained ? Optional.empty() : Optional.of(new Demand.Clear(savepoint.id()));
        case "damaged", "missing" ->
            retained
                ? Optional.of(new Demand.Quarantine(savepoint.id(), reason.orElse(result)))
                : Optional.empty();
        default -> Optional.empty();
      };
    }

    /** As it is reported, with what was done about it. */
    VerifyBody.LookBody body(Optional<String> done) {
      return body(result, reason, done);
    }

    /** What was looked for was deleted meanwhile, in all order. */
    VerifyBody.LookBody deletedMeanwhile() {
      return body("deleted", Optional.of("retention has condemned it meanwhile"), Optional.empty());
    }

    private VerifyBody.LookBody body(String word, Optional<String> why, Optional<String> done) {
      return new VerifyBody.LookBody(
          savepoint.id().value(),
          savepoint.job().value(),
          savepoint.takenAt(),
          savepoint.bytes(),
          word,
          why,
          done,
          took.toMillis());
    }
  }

  /**
   * Looks at one after the other. What is quarantined is always read to the last byte: what it was
   * quarantined for may not show otherwise, and a good finding puts it back into use.
   */
  List<Finding> look(List<Savepoint> savepoints, boolean deep) {
    List<Finding> findings = new ArrayList<>();
    for (Savepoint savepoint : savepoints) {
      Instant from = clock.instant();
      boolean everyByte = deep || savepoint.state() == Savepoint.State.QUARANTINED;
      Result result = look(savepoint.path(), everyByte);
      findings.add(
          new Finding(
              savepoint, result.word(), result.reason(), Duration.between(from, clock.instant())));
    }
    return findings;
  }

  private record Result(String word, Optional<String> reason) {}

  private Result look(String path, boolean everyByte) {
    try {
      Verification found = everyByte ? store.verifyDeep(path) : store.verify(path);
      if (found instanceof Verification.Damaged damaged) {
        return new Result("damaged", Optional.of(damaged.reason()));
      }
      return found instanceof Verification.Missing missing
          ? new Result("missing", Optional.of(missing.reason()))
          : new Result("good", Optional.empty());
    } catch (StorageUnavailable e) {
      return new Result("unknown", Optional.of(e.getMessage()));
    }
  }
}
