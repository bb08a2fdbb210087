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
  void aProcessIsKilledOnlyOnceItIsStartedAgain() {
    for (String victim : VICTIMS) {
      List<Outage> plan =
          OutagePlan.of(7, VICTIMS, Duration.ofHours(1)).stream()
              .filter(outage -> outage.victim().equals(victim))
              .toList();

      assertThat(plan).hasSizeGreaterThan(30);
      for (int i = 1; i < plan.size(); i++) {
        assertThat(plan.get(i).at()).isGreaterThan(plan.get(i - 1).end());
      }
    }
  }

  @Test
  void outagesOfDifferentProcessesOverlap() {
    List<Outage> plan = OutagePlan.of(7, VICTIMS, LENGTH);

    assertThat(plan)
        .anyMatch(
            one ->
                plan.stream()
                    .anyMatch(
                        other ->
                            other.at().compareTo(one.at()) > 0
                                && other.at().compareTo(one.end()) < 0));
  }
}
