package io.savepointd.simulation;

import io.savepointd.ledger.SimulatedDisk;
import io.savepointd.model.RunState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Lets go wrong what the scenario says, as often as it says. */
final class Faults {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Simulation simulation;
  private final Dice dice;
  private final Scenario scenario;
  private boolean on;
  private boolean ledgerDown;
  private boolean nextSyncFails;
  private boolean nextAnswerIsLost;

  Faults(Simulation simulation, Dice dice) {
    this.simulation = simulation;
    this.dice = dice;
    this.scenario = simulation.scenario();
  }

  void begin() {
    on = true;
    for (Scenario.Fault fault : Scenario.Fault.values()) {
      if (scenario.rate(fault) > 0) {
        plan(fault);
      }
    }
  }

  boolean on() {
    return on;
  }

  /** From now on nothing goes wrong any more. */
  void end() {
    on = false;
    ledgerDown = false;
    nextSyncFails = false;
    nextAnswerIsLost = false;
    simulation.clusters().up();
    simulation.storage().down(false);
    simulation.disk().garbage(SimulatedDisk.Garbage.NONE);
    simulation.oneMachine();
    simulation.disturbed(Duration.ofHours(1));
  }

  private void plan(Scenario.Fault fault) {
    simulation
        .timeline()
        .in(
            dice.until(scenario.rate(fault)),
            () -> {
              if (on) {
                happen(fault);
                plan(fault);
              }
            });
  }

  private void happen(Scenario.Fault fault) {
    simulation.trace().add("fault: " + fault);
    simulation.disturbed(Duration.ofMinutes(10));
    switch (fault) {
      case CRASH -> someProcess().ifPresent(p -> p.dieAt(dice.between(1, 30), dice.chance(0.5)));
      case ORDERLY_RESTART -> simulation.activeMachine().ifPresent(Machine::restartInOrder);
      case JOB_MANAGER_LOSS ->
          simulation
              .clusters()
              .loseJobManager(scenario.highlyAvailable(), time(2, Duration.ofMinutes(2)));
      case RUN_ENDS ->
          simulation
              .clusters()
              .endARun(dice.one(List.of(RunState.FAILED, RunState.CANCELED, RunState.FINISHED)));
      case RUN_RESTARTS -> simulation.clusters().endARun(RunState.RESTARTING);
      case CLUSTER_UNREACHABLE -> unreachable();
      case STORAGE_UNAVAILABLE -> storageDown();
      case SAVEPOINT_DAMAGED -> someSavepoint().ifPresent(simulation.storage()::damage);
      case SAVEPOINT_VANISHES -> someSavepoint().ifPresent(simulation.storage()::vanish);
      case LEDGER_FAILS_ONCE -> nextSyncFails = true;
      case LEDGER_DISK_DOWN -> ledgerDown();
      case LEDGER_GARBAGE -> garbage();
      case SECOND_DAEMON -> second();
      case HANG -> someProcess().ifPresent(p -> p.hang(time(1, Duration.ofMinutes(5))));
      case CLOCK_STEP -> clockStep();
      case WRONG_ORIGIN ->
          simulation.clusters().some().fake().faults().restoreNextFrom(Optional.empty());
      case SUBMISSION_REFUSED ->
          simulation.clusters().some().fake().faults().refuseNextSubmit("simulated: refused");
      case PERSON -> simulation.people().command();
    }
  }

  private Duration time(int leastSeconds, Duration most) {
    Duration time = dice.duration(Duration.ofSeconds(leastSeconds), most);
    simulation.disturbed(time.plusMinutes(10));
    return time;
  }

  private Optional<Life> someProcess() {
    return simulation.activeMachine().flatMap(Machine::daemon).map(SimulatedDaemon::process);
  }

  private Optional<String> someSavepoint() {
    List<String> paths =
        simulation.truth().retained().stream()
            .flatMap(s -> s.path().stream())
            .filter(simulation.storage()::good)
            .toList();
    if (paths.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(dice.chance(0.5) ? paths.get(0) : dice.one(paths));
  }

  private void unreachable() {
    ClusterWorld one = simulation.clusters().some();
    one.down(true);
    simulation.timeline().in(time(1, Duration.ofHours(1)), () -> one.down(false));
  }

  private void storageDown() {
    simulation.storage().down(true);
    simulation.timeline().in(time(1, Duration.ofHours(1)), () -> simulation.storage().down(false));
  }

  private void ledgerDown() {
    ledgerDown = true;
    // Each second that it is away means another try to open it, which reads all of it.
    simulation.timeline().in(time(1, Duration.ofSeconds(40)), () -> ledgerDown = false);
  }

  private void garbage() {
    simulation.disk().garbage(simulation.mutants().garbage());
    simulation.activeMachine().ifPresent(Machine::restartInOrder);
    simulation
        .timeline()
        .in(
            time(60, Duration.ofMinutes(30)),
            () -> simulation.disk().garbage(SimulatedDisk.Garbage.NONE));
  }

  private void second() {
    simulation.twoMachines();
    if (dice.chance(0.6)) {
      someProcess().ifPresent(p -> p.hang(time(5, Duration.ofMinutes(3))));
    }
    Duration together = time(20, Duration.ofMinutes(4));
    simulation.timeline().in(together, simulation::oneMachine);
  }

  private void clockStep() {
    Duration by = dice.duration(SECOND, Duration.ofHours(1));
    simulation.disturbed(Duration.ofHours(1));
    simulation.setClock(dice.chance(0.5) ? by : by.negated());
  }

  // What goes wrong with single requests.

  SimulatedDisk.Sync sync() {
    if (ledgerDown) {
      return SimulatedDisk.Sync.LOST;
    }
    if (!nextSyncFails) {
      return SimulatedDisk.Sync.DONE;
    }
    nextSyncFails = false;
    return dice.one(
        List.of(
            SimulatedDisk.Sync.LOST, SimulatedDisk.Sync.LOST_BUT_DURABLE, SimulatedDisk.Sync.TORN));
  }

  private boolean goesWrong(double probability) {
    boolean wrong = on && dice.chance(probability);
    if (wrong) {
      simulation.disturbed(Duration.ofMinutes(10));
    }
    return wrong;
  }

  /** The next request takes effect, but its sender is never told. */
  void loseTheNextAnswer() {
    nextAnswerIsLost = true;
  }

  Fate fate() {
    if (nextAnswerIsLost) {
      nextAnswerIsLost = false;
      return Fate.ANSWER_LOST;
    }
    Scenario.Net net = scenario.net();
    if (goesWrong(net.lostBefore())) {
      return Fate.LOST;
    } else if (goesWrong(net.lostAfter())) {
      return Fate.ANSWER_LOST;
    } else if (goesWrong(net.late())) {
      return Fate.LATE;
    }
    return goesWrong(net.twice()) ? Fate.TWICE : Fate.ARRIVES;
  }

  Duration lateness() {
    return dice.duration(SECOND, Duration.ofMinutes(5));
  }

  boolean unanswered() {
    return goesWrong(scenario.net().unanswered());
  }

  boolean savepointFails() {
    return goesWrong(scenario.net().savepointFails());
  }

  boolean savepointHalf() {
    return goesWrong(scenario.net().savepointHalf());
  }

  /** Whether this one takes longer than anybody waits. */
  boolean savepointSlow() {
    return goesWrong(scenario.slow() / 100.0);
  }

  boolean storageFails() {
    return goesWrong(scenario.net().storageFails());
  }

  boolean deletionDies() {
    return goesWrong(scenario.net().deletionDies());
  }

  Duration downtime() {
    return dice.duration(SECOND, on ? Duration.ofMinutes(20) : Duration.ofSeconds(30));
  }
}
