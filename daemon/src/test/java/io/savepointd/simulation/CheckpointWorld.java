package io.savepointd.simulation;

import io.savepointd.flink.RunSeen;
import io.savepointd.model.CheckpointRetention;
import io.savepointd.model.RunEnd;
import io.savepointd.model.RunId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Flink's own checkpoints: it keeps the newest two of a run, and deletes those of ended ones. */
final class CheckpointWorld {
  private static final String DIRECTORY = "hdfs://fake:9000/checkpoints/";
  private static final int RETAINED = 2;

  private final Simulation simulation;
  private final CheckpointRetention retention;
  private final Map<RunId, Deque<String>> kept = new LinkedHashMap<>();
  private final Set<RunId> ended = new HashSet<>();

  CheckpointWorld(Simulation simulation, CheckpointRetention retention) {
    this.simulation = simulation;
    this.retention = retention;
  }

  /** The run has completed another one; where it lies. */
  String complete(RunId run) {
    String path = simulation.storage().checkpoint(DIRECTORY + run);
    Deque<String> of = kept.computeIfAbsent(run, id -> new ArrayDeque<>());
    of.add(path);
    if (of.size() > RETAINED) {
      delete(of.remove());
    }
    return path;
  }

  /** Deletes what goes with the runs that are over by now. */
  void sweep() {
    for (Map.Entry<RunId, Deque<String>> each : kept.entrySet()) {
      Optional<RunSeen> seen = simulation.clusters().seen(each.getKey());
      if (seen.filter(r -> r.state().globallyTerminal()).isPresent()
          && ended.add(each.getKey())
          && !retention.outlasts(RunEnd.valueOf(seen.get().state().name()))) {
        each.getValue().forEach(this::delete);
        each.getValue().clear();
      }
    }
  }

  /** Its files go first, so that it looks damaged for a moment. */
  private void delete(String path) {
    simulation.storage().damage(path);
    simulation.timeline().in(Duration.ofSeconds(1), () -> simulation.storage().discard(path));
  }

  /** The number of the newest that is left of that run. */
  OptionalLong newestOf(RunId run) {
    Deque<String> of = kept.getOrDefault(run, new ArrayDeque<>());
    return of.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(simulation.storage().number(of.getLast()));
  }
}
