package io.savepointd.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.model.RunState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

/**
 * The daemon dies at every single touch of the world in an eventful morning: before it, and after
 * it has taken effect but before its answer. Another goes on, and all ends well.
 */
class CrashSweepTest {
  private static final long SEED = 7;

  @BeforeEach
  void silence() {
    MDC.put("simulation", "silent");
  }

  @AfterEach
  void speakAgain() {
    MDC.remove("simulation");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void carriesOnWhereverItDies(boolean afterTheEffect) {
    int touches = live(-1, false).interactions().count();
    assertThat(touches).isGreaterThan(200);
    List<String> failures = new ArrayList<>();
    for (int fatal = 0; fatal < touches && failures.size() < 3; fatal++) {
      int at = fatal;
      live(fatal, afterTheEffect).rules().breaches().stream()
          .limit(1)
          .forEach(breach -> failures.add("dead at touch " + at + ": " + breach));
    }
    assertThat(failures).isEmpty();
  }

  /**
   * Four hours in which a run dies, the JobManager is lost, answers get lost on the way and the job
   * is moved.
   */
  private static Simulation live(int fatal, boolean after) {
    Simulation simulation = new Simulation(Scenario.eventful(SEED), Mutation.NONE);
    simulation.interactions().dieAt(fatal, after);
    plan(simulation, 50, () -> simulation.clusters().endARun(RunState.FAILED));
    plan(simulation, 80, simulation.faults()::loseTheNextAnswer);
    plan(simulation, 110, () -> simulation.storage().down(true));
    plan(simulation, 130, () -> simulation.storage().down(false));
    plan(
        simulation, 150, () -> simulation.clusters().loseJobManager(false, Duration.ofSeconds(30)));
    plan(simulation, 149, simulation.faults()::loseTheNextAnswer);
    plan(simulation, 200, () -> simulation.people().restoreLatest());
    plan(simulation, 250, () -> simulation.people().moveAway());
    return simulation.liveFor(Duration.ofHours(8));
  }

  private static void plan(Simulation simulation, int minute, Runnable what) {
    simulation.timeline().in(Duration.ofMinutes(minute), what);
  }
}
