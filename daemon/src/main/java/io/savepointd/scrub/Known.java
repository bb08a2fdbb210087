package io.savepointd.scrub;

import io.savepointd.ledger.History;
import io.savepointd.ledger.JobHistory;
import io.savepointd.model.JobName;
import io.savepointd.model.Leftover;
import io.savepointd.model.Origin;
import io.savepointd.model.Run;
import io.savepointd.model.Savepoint;
import io.savepointd.model.SavepointId;
import io.savepointd.model.TriggerId;
import io.savepointd.supervise.Paths;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What one reading of the ledger says of a trigger's directory. */
final class Known {
  private final History history;

  Known(History history) {
    this.history = history;
  }

  Optional<Savepoint> savepoint(JobName job, TriggerId trigger) {
    return history.of(job).savepoint(new SavepointId(trigger.value()));
  }

  boolean in(JobName job, TriggerId trigger, Savepoint.State state) {
    return has(job, new SavepointId(trigger.value()), state);
  }

  boolean has(JobName job, SavepointId id, Savepoint.State state) {
    return history.of(job).savepoint(id).filter(s -> s.state() == state).isPresent();
  }

  Optional<Leftover> leftover(JobName job, TriggerId trigger) {
    return history.of(job).leftovers().stream()
        .filter(l -> l.trigger().id().equals(trigger))
        .findFirst();
  }

  /** Whether the ledger has anything to say of it, whatever that is. */
  boolean knows(JobName job, TriggerId trigger) {
    return savepoint(job, trigger).isPresent()
        || leftover(job, trigger).isPresent()
        || history.of(job).openTriggers().stream().anyMatch(t -> t.id().equals(trigger));
  }

  /** A savepoint that isn't deleted and lies in the directory, under whatever id. */
  Optional<Savepoint> lyingIn(String directory) {
    return undeleted().filter(s -> Paths.maybeWithin(directory, s.path())).findFirst();
  }

  /** Why the directory must stay even though its own savepoint is deleted; empty if it may go. */
  Optional<String> needed(String directory) {
    return lyingIn(directory)
        .map(s -> "savepoint " + s.id() + " lies in it")
        .or(
            () ->
                undeleted()
                    .filter(
                        s ->
                            s.outside().stream()
                                .anyMatch(d -> Paths.maybeWithin(directory, d + "/x")))
                    .findFirst()
                    .map(s -> "savepoint " + s.id() + " needs its files"))
        .or(
            () ->
                history.jobs().stream()
                    .flatMap(h -> h.runs().stream())
                    .filter(r -> standsIn(r, directory))
                    .findFirst()
                    .map(r -> "run " + r.id() + " was restored from it"));
  }

  private static boolean standsIn(Run run, String directory) {
    return run.open()
        && run.origin() instanceof Origin.Restored restored
        && Paths.maybeWithin(directory, restored.path());
  }

  private Stream<Savepoint> undeleted() {
    return history.jobs().stream()
        .map(JobHistory::savepoints)
        .flatMap(List::stream)
        .filter(s -> s.state() != Savepoint.State.DELETED);
  }
}
