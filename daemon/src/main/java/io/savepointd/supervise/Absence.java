package io.savepointd.supervise;

import io.savepointd.ledger.JobHistory;
import io.savepointd.model.Run;
import io.savepointd.model.RunId;
import java.time.Instant;
import java.util.Optional;

/** Remembers how long an answering cluster hasn't shown the open run. One thread's, the lane's. */
final class Absence {
  private Instant lastLook = Instant.MIN;
  private Optional<RunId> lookedFor = Optional.empty();
  private int looks;
  private Optional<Instant> since = Optional.empty();

  /** Takes in what a look has shown. */
  void note(ClusterView view, JobHistory history) {
    Optional<RunId> open = history.openRun().map(Run::id);
    if (!open.equals(lookedFor)) {
      lookedFor = open;
      beginAnew();
    }
    if (view instanceof ClusterView.Unavailable) {
      // Its JobManager may be another one when it answers again.
      since = Optional.empty();
    } else if (view instanceof ClusterView.Seen seen && !seen.at().equals(lastLook)) {
      lastLook = seen.at();
      if (open.filter(run -> seen.run(run).isEmpty()).isPresent()) {
        looks++;
        since = since.or(() -> Optional.of(seen.at()));
      } else {
        beginAnew();
      }
    }
  }

  /** What was seen says nothing any more. */
  void forget() {
    lastLook = Instant.MIN;
    beginAnew();
  }

  /** Its absence has been dealt with. */
  void beginAnew() {
    looks = 0;
    since = Optional.empty();
  }

  /** How many looks in a row have not shown it. */
  int looks() {
    return looks;
  }

  /** When the first of them was; without one, {@code now}. */
  Instant since(Instant now) {
    return since.orElse(now);
  }
}
