package io.savepointd.supervise;

import io.savepointd.model.Occasion;
import io.savepointd.model.SavepointFormat;

/** Something a job's lane is asked for from outside: by a schedule or by a person. */
public sealed interface Demand {
  /** Take a savepoint of the running job. */
  record Savepoint(Occasion occasion, SavepointFormat format) implements Demand {}

  /**
   * Start the job now, whatever its restart policy and backoff say.
   *
   * @param replace whether a run that is alive is to be cancelled first; without it, that refuses
   */
  record Start(From from, boolean replace) implements Demand {}

  /** What a demanded start is to begin from. */
  sealed interface From {
    /** The newest retained savepoint. */
    record Latest() implements From {}

    /**
     * A certain savepoint, verified first.
     *
     * @param path a fully qualified URI
     */
    record Path(String path) implements From {}

    /** No state at all; only a person says this. */
    record Nothing() implements From {}
  }

  /** Let retention run now. */
  record Prune() implements Demand {}
}
