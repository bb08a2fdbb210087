package io.savepointd.acceptance.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutagePlanTest {

  private static final List<String> VICTIMS = List.of("daemon", "jobmanager", "namenode");
  private static final Duration LENGTH = Duration.ofMinutes(2);

  @Test
  void theSameSeedGivesTheSamePlan() {
    assertThat(OutagePlan.of(7, VICTIMS, LENGTH))
        .isEqualTo(OutagePlan.of(7, VICTIMS, LENGTH))
        .isNotEqualTo(OutagePlan.of(8, VICTIMS, LENGTH));
  }

  @Test
  void everyProcessIsHitAndUpAgainInTheEnd() {
    for (long seed = 0; seed < 1_000; seed++) {
      List<Outage> plan = OutagePlan.of(seed, VICTIMS, LENGTH);

      assertThat(plan).extracting(Outage::victim).containsAll(VICTIMS);
      assertThat(plan).allMatch(outage -> outage.end().compareTo(LENGTH) <= 0);
    }
  }

  @Test
  void oneProcessLivesAWhileBetweenItsOutages() {
    for (String victim : VICTIMS) {
      List<Outage> plan =
          OutagePlan.of(7, VICTIMS, Duration.ofHours(1)).stream()
              .filter(outage -> outage.victim().equals(victim))
              .toList();

      for (int i = 1; i < plan.size(); i++) {
        assertThat(plan.get(i).at().minus(plan.get(i - 1).end()))
            .isGreaterThanOrEqualTo(Duration.ofSeconds(5));
      }
    }
  }

  @Test
  void oneMoreProcessDoesNotChangeWhatHappensToTheOthers() {
    assertThat(OutagePlan.of(7, VICTIMS, LENGTH))
        .containsAll(OutagePlan.of(7, VICTIMS.subList(0, 2), LENGTH));
  }
}
