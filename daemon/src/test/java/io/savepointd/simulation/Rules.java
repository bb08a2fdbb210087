package io.savepointd.simulation;

import io.savepointd.flink.Submission;
import io.savepointd.ledger.Event;
import io.savepointd.model.RunId;
import io.savepointd.model.SavepointId;
import io.savepointd.model.TriggerId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** All rules, and how they were broken. */
final class Rules {
  /**
   * A rule that does not hold.
   *
   * @param trace what had happened until then
   */
  record Breach(String rule, String what, List<String> trace) {
    @Override
    public String toString() {
      return rule + ": " + what + "\n    " + String.join("\n    ", trace);
    }
  }

  private final Simulation simulation;
  private final List<Rule> rules;
  private final List<Breach> breaches = new ArrayList<>();

  Rules(Simulation simulation) {
    this.simulation = simulation;
    this.rules =
        List.of(
            new IntentFirst(simulation),
            new LeaseHeld(simulation),
            new OneRun(simulation),
            new NeverEmpty(simulation),
            new OnlyVerified(simulation),
            new SafeDeletions(simulation),
            new UnknownIsNotFailed(simulation),
            new BadInput(simulation),
            new Freshness(simulation),
            new NewestState(simulation));
  }

  List<Breach> breaches() {
    return breaches;
  }

  void broken(String rule, String what, Throwable cause) {
    if (!simulation.mutants().isToBreak(rule)) {
      return;
    }
    simulation.trace().add("BROKEN " + rule + ": " + what);
    List<String> trace = new ArrayList<>(simulation.trace().last());
    if (cause != null) {
      for (StackTraceElement at : cause.getStackTrace()) {
        trace.add("at " + at);
      }
    }
    breaches.add(new Breach(rule, what, trace));
  }

  private void each(Consumer<Rule> heard) {
    rules.forEach(heard);
  }

  void submits(Life process, Submission submission) {
    each(rule -> rule.submits(process, submission));
  }

  void triggers(Life process, RunId run, TriggerId trigger, String directory) {
    each(rule -> rule.triggers(process, run, trigger, directory));
  }

  void cancels(Life process, RunId run) {
    each(rule -> rule.cancels(process, run));
  }

  void deletes(Life process, SavepointId savepoint) {
    each(rule -> rule.deletes(process, savepoint));
  }

  void deletesLeftover(Life process, SavepointId savepoint) {
    each(rule -> rule.deletesLeftover(process, savepoint));
  }

  void clusterHasChanged() {
    each(Rule::clusterHasChanged);
  }

  void savepointIsComplete(TriggerId trigger, String path) {
    each(rule -> rule.savepointIsComplete(trigger, path));
  }

  void durable(Event event) {
    each(rule -> rule.durable(event));
    simulation.truth().apply(event);
  }

  void watch() {
    each(Rule::watch);
  }
}
