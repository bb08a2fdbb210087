package io.savepointd.supervise;

import io.savepointd.flink.RunSeen;
import io.savepointd.ledger.JobHistory;
import io.savepointd.model.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What one look at a cluster has shown. */
public sealed interface ClusterView {
  /** When the look was begun. */
  Instant at();

  /** The cluster answered. */
  record Seen(Instant at, List<RunSeen> runs) implements ClusterView {
    /** Copies the runs. */
    public Seen {
      runs = List.copyOf(runs);
    }

    /** The run with that id. */
    public Optional<RunSeen> run(RunId id) {
      return runs.stream().filter(r -> r.id().equals(id)).findFirst();
    }

    /** Runs under that name, or known as the job's own from its history, which are not over. */
    public List<RunSeen> aliveOf(String name, JobHistory history) {
      return runs.stream()
          .filter(r -> !r.state().globallyTerminal())
          .filter(r -> r.name().equals(name) || history.run(r.id()).isPresent())
          .toList();
    }

    /** Runs under that name which are not over. */
    public List<RunSeen> aliveNamed(String name) {
      return runs.stream()
          .filter(r -> r.name().equals(name) && !r.state().globallyTerminal())
          .toList();
    }
  }

  /** The cluster gave no usable answer; nothing is known. */
  record Unavailable(Instant at, String reason) implements ClusterView {}
}
