package io.savepointd.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.MDC;

/** Shows that the simulation bites: each rule is broken on purpose once, and that is noticed. */
class MutationTest {
  private static final int SEEDS = 60;
  private static final int DAYS = 8;

  @BeforeEach
  void silence() {
    MDC.put("simulation", "silent");
  }

  @AfterEach
  void speakAgain() {
    MDC.remove("simulation");
  }

  @ParameterizedTest
  @EnumSource(value = Mutation.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void theRuleThatAMutationBreaksNoticesIt(Mutation mutation) {
    for (int seed = 1; seed <= SEEDS; seed++) {
      Simulation simulation = new Simulation(Scenario.of(seed, DAYS), mutation).live();
      if (!simulation.rules().breaches().isEmpty()) {
        assertThat(simulation.rules().breaches().get(0).rule()).isEqualTo(mutation.rule());
        return;
      }
    }
    fail("%s went unnoticed in %s simulations of %s days", mutation, SEEDS, DAYS);
  }
}
