package io.savepointd.simulation;

import io.savepointd.ledger.Event;
import io.savepointd.ledger.LedgerSettings;
import io.savepointd.ledger.SimulatedDisk;
import io.savepointd.model.Ids;
import io.savepointd.model.Job;
import io.savepointd.model.JobName;
import io.savepointd.model.TriggerId;
import io.savepointd.storage.FakeLaunchArchive;
import io.savepointd.supervise.SupervisionSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * One simulated world, from its first moment to its quiet end; everything in it is one thread's.
 */
final class Simulation {
  static final JobName NAME = new JobName("averaging");
  static final Job JOB =
      new Job(
          NAME,
          ClusterWorlds.MAIN,
          "averaging",
          Path.of("/jobs/averaging.jar"),
          Optional.empty(),
          List.of(),
          OptionalInt.empty(),
          Map.of());

  private static final Duration BEAT = Duration.ofSeconds(2);
  private static final Duration WATCH = Duration.ofMinutes(30);
  private static final int MOST_EVENTS_A_DAY = 400_000;

  private final Scenario scenario;
  private final Timeline timeline = new Timeline();
  private final Trace trace = new Trace(this::trueTime);
  private final Interactions interactions = new Interactions();
  private final LedgerTruth truth = new LedgerTruth();
  private final SimulatedDisk disk = new SimulatedDisk(this::durable);
  private final StorageWorld storage = new StorageWorld(new TrueClock());
  private final FakeLaunchArchive launches = new FakeLaunchArchive();
  private final ClusterWorlds clusters;
  private final Faults faults;
  private final People people;
  private final Rules rules;
  private final Mutants mutants;
  private final Ids ids;
  private final Machine first = new Machine(this, "one");
  private final Machine second = new Machine(this, "two");
  private final Map<TriggerId, Long> intendedAt = new HashMap<>();
  private String jar = "0".repeat(64);
  private boolean two;
  private long disturbedUntil;
  private long clockSetAt = Long.MIN_VALUE / 2;

  Simulation(Scenario scenario, Mutation mutation) {
    this.scenario = scenario;
    Dice dice = new Dice(scenario.seed());
    this.ids = new Ids(dice.ids());
    this.clusters = new ClusterWorlds(this, new TrueClock(), dice.split());
    this.faults = new Faults(this, dice.split());
    this.people = new People(this, dice.split());
    this.rules = new Rules(this);
    this.mutants = new Mutants(this, mutation);
  }

  /** Lives through all of it, or until a rule is broken. */
  Simulation live() {
    faults.begin();
    begin();
    for (int day = 0; day < scenario.days() && rules.breaches().isEmpty(); day++) {
      passADay();
    }
    faults.end();
    for (long hour = 0; hour <= quiet(scenario).toHours() && rules.breaches().isEmpty(); hour++) {
      timeline.pass(Duration.ofHours(1));
    }
    if (rules.breaches().isEmpty()) {
      settle();
      new Ending(this).check();
    }
    return this;
  }

  /** How long it lives after everything has been mended. */
  static Duration quiet(Scenario scenario) {
    return Freshness.allowed(scenario).multipliedBy(2).plusHours(4);
  }

  /** Lives through what was planned for it, and nothing else goes wrong. */
  Simulation liveFor(Duration time) {
    begin();
    timeline.pass(time);
    if (rules.breaches().isEmpty()) {
      settle();
      new Ending(this).check();
    }
    return this;
  }

  private void begin() {
    first.turnOn();
    people.begin();
    watch();
  }

  /** A savepoint that has just begun is no reason to complain. */
  private void settle() {
    for (int i = 0; i < 100 && somethingIsOpen(); i++) {
      timeline.pass(Duration.ofMinutes(1));
    }
  }

  private boolean somethingIsOpen() {
    return truth.savepoints().values().stream()
        .anyMatch(
            s ->
                s.phase() == LedgerTruth.SavepointPhase.OPEN
                    || s.phase() == LedgerTruth.SavepointPhase.EXPIRED);
  }

  private void passADay() {
    long before = timeline.events();
    for (int hour = 0; hour < 24 && rules.breaches().isEmpty(); hour++) {
      timeline.pass(Duration.ofHours(1));
    }
    if (timeline.events() - before > MOST_EVENTS_A_DAY) {
      rules.broken("no fault of ours", "something spins: too many turns in a day", null);
    }
  }

  private void watch() {
    timeline.in(WATCH, this::watch);
    rules.watch();
  }

  private void durable(Event event) {
    if (event instanceof Event.SavepointIntended e) {
      intendedAt.putIfAbsent(e.trigger(), timeline.now());
    }
    if (event instanceof Event.OfJob) {
      trace.add("durable: " + event);
      rules.durable(event);
    }
  }

  // Machines.

  void twoMachines() {
    if (!two) {
      two = true;
      second.turnOn();
      first.turnOn();
      beat();
    }
  }

  /** One of the two goes; the ledger may change hands once more. */
  void oneMachine() {
    if (two) {
      two = false;
      second.turnOff();
      first.turnOn();
    }
  }

  private void beat() {
    if (two) {
      for (Machine machine : List.of(first, second)) {
        machine.daemon().ifPresent(SimulatedDaemon::beat);
      }
      timeline.in(BEAT, this::beat);
    }
  }

  Optional<Machine> activeMachine() {
    return Stream.of(first, second)
        .filter(m -> m.daemon().filter(SimulatedDaemon::active).isPresent())
        .findFirst();
  }

  Optional<SimulatedDaemon> active() {
    return activeMachine().flatMap(Machine::daemon);
  }

  void setClock(Duration by) {
    clockSetAt = timeline.now();
    trace.add("the clock is set by " + by);
    first.stepClock(by);
    second.stepClock(by);
  }

  // What is asked about.

  /** Whether the clock was set in the last so many nanoseconds. */
  boolean clockWasSet(long nanos) {
    return timeline.now() - clockSetAt <= nanos;
  }

  long intendedAt(TriggerId trigger) {
    return intendedAt.getOrDefault(trigger, 0L);
  }

  void disturbed(Duration fromNowOn) {
    disturbedUntil = Math.max(disturbedUntil, timeline.now() + fromNowOn.toNanos());
  }

  Duration calmFor() {
    return Duration.ofNanos(Math.max(0, timeline.now() - disturbedUntil));
  }

  Optional<Duration> ageOfNewestRetained() {
    return truth.retained().stream()
        .filter(s -> s.path().filter(storage::good).isPresent())
        .findFirst()
        .map(s -> new TriggerId(s.directory().substring(s.directory().lastIndexOf('/') + 1)))
        .map(id -> Duration.ofNanos(timeline.now() - intendedAt(id)));
  }

  Instant trueTime() {
    return scenario.start().plusNanos(timeline.now());
  }

  Scenario scenario() {
    return scenario;
  }

  Timeline timeline() {
    return timeline;
  }

  Trace trace() {
    return trace;
  }

  Interactions interactions() {
    return interactions;
  }

  LedgerTruth truth() {
    return truth;
  }

  SimulatedDisk disk() {
    return disk;
  }

  StorageWorld storage() {
    return storage;
  }

  ClusterWorlds clusters() {
    return clusters;
  }

  Faults faults() {
    return faults;
  }

  People people() {
    return people;
  }

  Rules rules() {
    return rules;
  }

  Mutants mutants() {
    return mutants;
  }

  Ids ids() {
    return ids;
  }

  LedgerSettings ledgerSettings() {
    return new LedgerSettings(BEAT, BEAT.multipliedBy(5), 5_000, 0);
  }

  FakeLaunchArchive launches() {
    return launches;
  }

  /** The digest of the jar that lies where the configuration says. */
  String jar() {
    return jar;
  }

  void jar(String digest) {
    jar = digest;
  }

  SupervisionSettings supervision() {
    return new SupervisionSettings(
        SupervisionSettings.Restart.ALWAYS,
        SupervisionSettings.EmptyStart.FIRST_TIME,
        new SupervisionSettings.Backoff(
            Duration.ofSeconds(10), Duration.ofMinutes(5), Duration.ofMinutes(5)),
        new SupervisionSettings.CrashLoop(scenario.deathsUntilHeld(), Duration.ofHours(2)),
        new SupervisionSettings.Restore(
            false,
            scenario.walkBack(),
            scenario.latestState()
                ? SupervisionSettings.From.LATEST_STATE
                : SupervisionSettings.From.LATEST_SAVEPOINT),
        Duration.ofMinutes(2),
        scenario.savepointTimeout(),
        scenario.leftoverGrace(),
        Duration.ofMinutes(5));
  }

  private final class TrueClock extends Clock {
    @Override
    public Instant instant() {
      return trueTime();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("instants only");
    }
  }
}
