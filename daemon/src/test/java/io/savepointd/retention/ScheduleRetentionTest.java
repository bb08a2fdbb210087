package io.savepointd.retention;

import static io.savepointd.retention.Savepoints.NOW;
import static io.savepointd.retention.Savepoints.savepoint;
import static io.savepointd.retention.Savepoints.takenBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.model.Occasion;
import io.savepointd.model.Savepoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rules of a schedule, beside those of the job and alone. */
class ScheduleRetentionTest {
  private final Savepoint frequent1 = takenBy("frequent", savepoint(1, Duration.ofHours(1)));
  private final Savepoint frequent2 = takenBy("frequent", savepoint(2, Duration.ofHours(2)));
  private final Savepoint requested =
      takenBy(new Occasion.Requested(), savepoint(3, Duration.ofHours(3)));
  private final Savepoint nightly1 = takenBy("nightly", savepoint(4, Duration.ofHours(4)));
  private final Savepoint nightly2 = takenBy("nightly", savepoint(5, Duration.ofHours(28)));
  private final Savepoint bare = takenBy("bare", savepoint(6, Duration.ofHours(29)));
  private final List<Savepoint> all =
      List.of(frequent1, frequent2, requested, nightly1, nightly2, bare);

  private static RuleSettings last(int count) {
    return RuleSettings.none().keepLast(count);
  }

  private RetentionPlan plan(RetentionPolicy policy) {
    return policy.plan(all, Map.of(), NOW);
  }

  private List<String> reasons(RetentionPolicy policy, Savepoint savepoint) {
    return plan(policy).decisions().stream()
        .filter(decision -> decision.savepoint().equals(savepoint))
        .findFirst()
        .orElseThrow()
        .reasons();
  }

  @Test
  void countsAndKeepsOnlyWhatTheScheduleTook() {
    RetentionPolicy policy =
        RetentionPolicy.keepLast(1).withSchedule("nightly", last(1)).withSchedule("bare", last(3));

    assertThat(plan(policy).kept()).containsExactly(frequent1, nightly1, bare);
    assertThat(reasons(policy, nightly1)).containsExactly("schedule nightly: among the last 1");
    assertThat(reasons(policy, nightly2))
        .containsExactly(
            "number 5, only 1 are kept", "schedule nightly: number 2, only 1 are kept");
    assertThat(reasons(policy, requested)).containsExactly("number 3, only 1 are kept");
  }

  @Test
  void keepsTheUnionOfTheJobsAndTheSchedulesRules() {
    RetentionPolicy policy = RetentionPolicy.keepLast(3).withSchedule("nightly", last(1));

    assertThat(plan(policy).kept()).containsExactly(frequent1, frequent2, requested, nightly1);
  }

  @Test
  void keepsWhatNoRuleSpeaksOf() {
    RetentionPolicy policy =
        RetentionPolicy.keepEverything()
            .withSchedule("frequent", last(1))
            .withSchedule("nightly", last(1));

    assertThat(plan(policy).kept()).containsExactly(frequent1, requested, nightly1, bare);
    assertThat(reasons(policy, requested)).containsExactly("no rule speaks of it");
    assertThat(reasons(policy, bare)).containsExactly("no rule speaks of it");
    assertThat(reasons(policy, frequent2))
        .containsExactly("schedule frequent: number 2, only 1 are kept");
  }

  @Test
  void aScheduleWithNoRuleInItIsNotSpokenOf() {
    RetentionPolicy policy =
        RetentionPolicy.keepEverything().withSchedule("frequent", RuleSettings.none());

    assertThat(plan(policy).expired()).isEmpty();
    assertThat(policy).isEqualTo(RetentionPolicy.keepEverything());
  }

  @Test
  void keepsTheNewestOfAllEvenWhenItsScheduleWantsNone() {
    RetentionPolicy policy = RetentionPolicy.keepLast(0).withSchedule("frequent", last(0));

    assertThat(plan(policy).kept()).containsExactly(frequent1);
  }

  @Test
  void keepsWhatIsNeededOfAScheduleToo() {
    RetentionPolicy policy = RetentionPolicy.keepLast(1).withSchedule("nightly", last(1));

    assertThat(policy.plan(all, Map.of(nightly2.id(), "pinned"), NOW).kept())
        .containsExactly(frequent1, nightly1, nightly2);
  }
}
