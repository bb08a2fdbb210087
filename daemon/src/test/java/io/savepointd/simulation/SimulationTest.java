package io.savepointd.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/**
 * Thousands of days of the real daemon in a world where everything goes wrong, by seeds. {@code
 * -Dsimulation.days=N} lives through more of them, {@code -Dsimulation.seed=S} through one again.
 */
class SimulationTest {
  private static final int SHORT = 12;

  /** From before one change of the clocks until after the next. */
  private static final int LONG = 220;

  private static final int LONG_EVERY = 80;

  private static final int THREADS = 2;

  @Test
  void noRuleIsBrokenWhateverGoesWrong() throws Exception {
    List<Callable<List<String>>> lives = new ArrayList<>();
    for (long seed : seeds()) {
      lives.add(() -> told(seed, live(seed)));
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<String> failures = new ArrayList<>();
    try {
      for (Future<List<String>> life : threads.invokeAll(lives)) {
        failures.addAll(life.get());
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(failures.stream().limit(3).toList())
        .as("%s of %s lives in which a rule was broken", failures.size(), lives.size())
        .isEmpty();
  }

  private static List<Long> seeds() {
    Long only = Long.getLong("simulation.seed");
    if (only != null) {
      return List.of(only);
    }
    long wanted = Long.getLong("simulation.days", 10_000);
    List<Long> seeds = new ArrayList<>();
    long days = 0;
    for (long seed = 1; days < wanted; seed++) {
      seeds.add(seed);
      days += days(seed) + Simulation.quiet(Scenario.of(seed, days(seed))).toDays();
    }
    return seeds;
  }

  private static int days(long seed) {
    return seed % LONG_EVERY == 0 ? LONG : SHORT;
  }

  private static Simulation live(long seed) {
    MDC.put("simulation", "silent");
    try {
      return new Simulation(Scenario.of(seed, days(seed)), Mutation.NONE).live();
    } finally {
      MDC.remove("simulation");
    }
  }

  private static List<String> told(long seed, Simulation simulation) {
    return simulation.rules().breaches().stream()
        .limit(1)
        .map(
            breach ->
                "seed "
                    + seed
                    + "; again: mvn test -pl daemon -am -Dtest=SimulationTest"
                    + " -Dsurefire.failIfNoSpecifiedTests=false -Dsimulation.seed="
                    + seed
                    + "\n  "
                    + breach)
        .toList();
  }

  @Test
  void theSameSeedLivesTheSameLife() {
    for (long seed = 1; seed <= 5; seed++) {
      assertThat(live(seed).trace().digest()).isEqualTo(live(seed).trace().digest());
    }
  }

  /** Else nothing were proved about them. */
  @Test
  void upgradesAndMovesAreMadeAndUndoneInSomeOfTheLives() {
    Map<String, Integer> counts = new TreeMap<>();
    for (long seed = 1; seed <= 12; seed++) {
      live(seed).truth().counts().forEach((kind, n) -> counts.merge(kind, n, Integer::sum));
    }
    assertThat(counts).containsKeys("UpgradeIntended", "UpgradeGivenUp", "UpgradeOver");
    assertThat(counts).containsKeys("moves made", "moves undone");
    assertThat(counts.get("UpgradeOver")).isGreaterThan(counts.get("UpgradeGivenUp"));
  }

  @Test
  void anotherSeedLivesAnotherLife() {
    assertThat(live(1).trace().digest()).isNotEqualTo(live(2).trace().digest());
  }
}
