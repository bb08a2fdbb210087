package io.savepointd.flink;

import io.savepointd.model.RunId;
import io.savepointd.model.RunState;
import io.savepointd.model.TriggerId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** A {@link FakeFlinkCluster}'s cache of savepoint operations; confined by the cluster's lock. */
final class FakeTriggers {
  /** A trigger is known for the run that it was asked of alone. */
  private record Key(RunId run, TriggerId trigger) {}

  private record Operation(
      Optional<FakeRun> run, String directory, TriggerOutcome outcome, boolean stops) {}

  private final Map<Key, Operation> cache = new LinkedHashMap<>();
  private final SavepointWriter writer;

  FakeTriggers(SavepointWriter writer) {
    this.writer = writer;
  }

  boolean knows(RunId run, TriggerId trigger) {
    return cache.containsKey(new Key(run, trigger));
  }

  /** Begins a savepoint, unless the run isn't there or isn't running, or it is to fail. */
  void begin(
      RunId id,
      TriggerId trigger,
      Optional<FakeRun> run,
      String directory,
      boolean stops,
      FakeFaults faults) {
    Optional<String> failure =
        run.filter(found -> found.state == RunState.RUNNING).isEmpty()
            ? Optional.of("the run isn't there, or not all its required tasks are running")
            : faults.takeFailedSavepoint();
    TriggerOutcome outcome =
        failure.isPresent()
            ? new TriggerOutcome.Failed(failure.get())
            : new TriggerOutcome.InProgress();
    cache.put(new Key(id, trigger), new Operation(run, directory, outcome, stops));
  }

  /** Whether a savepoint of that run is being written. */
  boolean underWay(RunId run) {
    return pending().stream().anyMatch(key -> key.run().equals(run));
  }

  TriggerOutcome outcome(RunId run, TriggerId trigger) {
    Operation operation = cache.get(new Key(run, trigger));
    return operation == null
        ? new TriggerOutcome.Unknown("Operation not found under key: " + trigger, true)
        : operation.outcome();
  }

  void complete(TriggerId trigger, FakeFaults faults) {
    complete(pending(trigger), faults);
  }

  void completeAll(FakeFaults faults) {
    pending().forEach(key -> complete(key, faults));
  }

  private void complete(Key key, FakeFaults faults) {
    Operation operation = cache.get(key);
    String path = writer.write(operation.directory());
    operation.run().ifPresent(run -> run.savepoints.add(path));
    if (operation.stops() && faults.takeClumsyStop()) {
      end(
          key,
          new TriggerOutcome.Failed(
              "A savepoint has been created at: "
                  + path
                  + ", but the corresponding job didn't terminate gracefully"));
      return;
    }
    end(key, new TriggerOutcome.Completed(path));
    if (operation.stops()) {
      operation.run().ifPresent(run -> run.end(RunState.FINISHED));
    }
  }

  void fail(TriggerId trigger, String reason) {
    end(pending(trigger), new TriggerOutcome.Failed(reason));
  }

  void failAllOf(RunId run, String reason) {
    pending().stream()
        .filter(key -> key.run().equals(run))
        .forEach(key -> end(key, new TriggerOutcome.Failed(reason)));
  }

  void forget() {
    cache.clear();
  }

  void forget(TriggerId trigger) {
    cache.keySet().removeIf(key -> key.trigger().equals(trigger));
  }

  private void end(Key key, TriggerOutcome outcome) {
    Operation operation = cache.get(key);
    cache.put(
        key, new Operation(operation.run(), operation.directory(), outcome, operation.stops()));
  }

  private List<Key> pending() {
    return cache.entrySet().stream()
        .filter(entry -> entry.getValue().outcome() instanceof TriggerOutcome.InProgress)
        .map(Map.Entry::getKey)
        .toList();
  }

  private Key pending(TriggerId trigger) {
    return pending().stream()
        .filter(key -> key.trigger().equals(trigger))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException(trigger + " is not in progress"));
  }
}
