package io.savepointd.flink;

import io.savepointd.model.RunId;
import io.savepointd.model.RunState;
import java.time.Instant;

/**
 * A run as the cluster's overview shows it.
 *
 * @param name the name it was submitted under ({@code pipeline.name})
 * @param startedAt by the cluster's clock
 * @param tasksRunning tasks that are running or already finished
 * @param tasks all its tasks; 0 while the cluster hasn't made them yet
 */
public record RunSeen(
    RunId id, String name, RunState state, Instant startedAt, int tasksRunning, int tasks) {

  /** Whether the run is RUNNING and every one of its tasks is too. */
  public boolean allTasksRunning() {
    return state == RunState.RUNNING && tasks > 0 && tasksRunning == tasks;
  }
}
