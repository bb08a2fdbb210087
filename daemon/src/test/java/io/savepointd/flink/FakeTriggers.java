package io.savepointd.flink;

import io.savepointd.model.RunId;
import io.savepointd.model.TriggerId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** A {@link FakeFlinkCluster}'s cache of savepoint operations; confined by the cluster's lock. */
final class FakeTriggers {
  /** A trigger is known for the run it was asked of alone. */
  record Key(RunId run, TriggerId trigger) {}

  /** What was asked and what has become of it. */
  record Operation(String directory, TriggerOutcome outcome) {}

  private final Map<Key, Operation> cache = new LinkedHashMap<>();

  boolean knows(RunId run, TriggerId trigger) {
    return cache.containsKey(new Key(run, trigger));
  }

  void put(RunId run, TriggerId trigger, String directory, TriggerOutcome outcome) {
    cache.put(new Key(run, trigger), new Operation(directory, outcome));
  }

  TriggerOutcome outcome(RunId run, TriggerId trigger) {
    Operation operation = cache.get(new Key(run, trigger));
    return operation == null
        ? new TriggerOutcome.Unknown("Operation not found under key: " + trigger, true)
        : operation.outcome();
  }

  /** Every trigger that is in progress. */
  List<Key> pending() {
    return cache.entrySet().stream()
        .filter(entry -> entry.getValue().outcome() instanceof TriggerOutcome.InProgress)
        .map(Map.Entry::getKey)
        .toList();
  }

  Key pending(TriggerId trigger) {
    return pending().stream()
        .filter(key -> key.trigger().equals(trigger))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException(trigger + " is not in progress"));
  }

  String directory(Key key) {
    return cache.get(key).directory();
  }

  void forget() {
    cache.clear();
  }
}
