package io.savepointd.simulation;

import java.time.Duration;
import java.util.Optional;

/** The newest retained savepoint is never older than the schedule allows, faults aside. */
final class Freshness extends Rule {
  static final String NAME = "9 the newest retained savepoint is as new as the schedule allows";

  /** Long enough for any recovery, the slowest backoff and a person's visit among them. */
  private static final Duration RECOVERY = Duration.ofMinutes(45);

  Freshness(Simulation simulation) {
    super(NAME, simulation);
  }

  @Override
  void watch() {
    Duration allowed = allowed(simulation().scenario());
    if (simulation().calmFor().compareTo(allowed.plus(RECOVERY)) < 0) {
      return;
    }
    Optional<Duration> age = simulation().ageOfNewestRetained();
    require(
        age.filter(a -> a.compareTo(allowed) <= 0).isPresent(),
        "the newest retained savepoint is of " + age + " ago, allowed are " + allowed);
  }

  static Duration allowed(Scenario scenario) {
    return scenario
        .plan()
        .atMost()
        .plus(scenario.savepointTimeout())
        .plus(scenario.watch().multipliedBy(2))
        .plusMinutes(5);
  }
}
