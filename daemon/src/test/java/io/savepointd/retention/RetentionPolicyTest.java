package io.savepointd.retention;

import static io.savepointd.retention.Savepoints.NOW;
import static io.savepointd.retention.Savepoints.savepoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.savepointd.model.JobName;
import io.savepointd.model.Savepoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class RetentionPolicyTest {
  private final Savepoint newest = savepoint(1, Duration.ofHours(1));
  private final Savepoint second = savepoint(2, Duration.ofHours(2));
  private final Savepoint third = savepoint(3, Duration.ofHours(3));
  private final Savepoint fourth = savepoint(4, Duration.ofHours(4));
  private final List<Savepoint> all = List.of(third, newest, fourth, second);

  private RetentionPlan plan(RetentionPolicy policy) {
    return policy.plan(all, Map.of(), NOW);
  }

  @Test
  void keepsEverythingWithoutARule() {
    RetentionPlan plan = plan(RetentionPolicy.keepEverything());

    assertThat(plan.kept()).containsExactly(newest, second, third, fourth);
    assertThat(plan.expired()).isEmpty();
  }

  @Test
  void keepsTheLastSoManyAndExpiresTheOldestFirst() {
    RetentionPlan plan = plan(RetentionPolicy.keepLast(2));

    assertThat(plan.kept()).containsExactly(newest, second);
    assertThat(plan.expired()).containsExactly(fourth, third);
  }

  @Test
  void keepsWhatIsYounger() {
    assertThat(plan(RetentionPolicy.keepWithin(Duration.ofMinutes(181))).kept())
        .containsExactly(newest, second, third);
    assertThat(plan(RetentionPolicy.keepWithin(Duration.ofHours(3))).kept())
        .containsExactly(newest, second);
  }

  @Test
  void keepsTheUnionOfBothRules() {
    RuleSettings mostlyByTime = RuleSettings.none().keepLast(1).keepWithin(Duration.ofMinutes(150));
    RuleSettings mostlyByCount = RuleSettings.none().keepLast(3).keepWithin(Duration.ofMinutes(90));

    assertThat(plan(RetentionPolicy.of(mostlyByTime)).kept()).containsExactly(newest, second);
    assertThat(plan(RetentionPolicy.of(mostlyByCount)).kept())
        .containsExactly(newest, second, third);
  }

  @Test
  void keepsTheLastRetainedSavepointEvenWhenExpired() {
    assertThat(plan(RetentionPolicy.keepWithin(Duration.ofMinutes(1))).kept())
        .containsExactly(newest);
    assertThat(plan(RetentionPolicy.keepLast(0)).kept()).containsExactly(newest);
  }

  @Test
  void keepsWhatIsNeededWithItsReason() {
    RetentionPlan plan =
        RetentionPolicy.keepLast(1)
            .plan(all, Map.of(fourth.id(), "run 12 was restored from it"), NOW);

    assertThat(plan.kept()).containsExactly(newest, fourth);
    assertThat(plan.decisions().get(3).reasons()).containsExactly("run 12 was restored from it");
  }

  @Test
  void neededOnesEatNothingOfTheQuota() {
    RetentionPlan plan =
        RetentionPolicy.keepLast(2)
            .plan(all, Map.of(second.id(), "pinned", third.id(), "pinned"), NOW);

    assertThat(plan.kept()).containsExactly(newest, second, third);
  }

  @Test
  void saysWhyInWords() {
    RetentionPlan plan =
        plan(
            RetentionPolicy.of(
                RuleSettings.none().keepLast(2).keepWithin(Duration.ofMinutes(90)).keepDaily(1)));

    assertThat(plan.decisions().get(0).reasons())
        .containsExactly(
            "the newest",
            "among the last 2",
            "younger than 1h 30m",
            "newest of day 2026-03-01, 1 of 1");
    assertThat(plan.decisions().get(1).reasons()).containsExactly("among the last 2");
    assertThat(plan.decisions().get(2).reasons())
        .containsExactly(
            "number 3, only 2 are kept",
            "3h old, only 1h 30m are kept",
            "not the newest of day 2026-03-01");
  }

  @Test
  void ordersEqualTimesById() {
    Savepoint smaller = savepoint(7, Duration.ofHours(1));
    Savepoint greater = savepoint(8, Duration.ofHours(1));

    assertThat(RetentionPolicy.keepLast(1).plan(List.of(smaller, greater), Map.of(), NOW).kept())
        .containsExactly(greater);
    assertThat(RetentionPolicy.keepLast(1).plan(List.of(greater, smaller), Map.of(), NOW).kept())
        .containsExactly(greater);
  }

  @Test
  void keepsWhatAClockAheadOfOursHasTaken() {
    Savepoint tomorrow = savepoint(9, Duration.ofDays(-1));

    assertThat(
            RetentionPolicy.keepWithin(Duration.ofHours(1))
                .plan(List.of(tomorrow, second), Map.of(), NOW)
                .kept())
        .containsExactly(tomorrow);
  }

  @Test
  void forEverIsADuration() {
    assertThat(plan(RetentionPolicy.keepWithin(Duration.ofSeconds(Long.MAX_VALUE))).expired())
        .isEmpty();
  }

  @Test
  void nothingToPlanIsAnEmptyPlan() {
    assertThat(RetentionPolicy.keepLast(1).plan(List.of(), Map.of(), NOW).decisions()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(value = Savepoint.State.class, mode = Mode.EXCLUDE, names = "RETAINED")
  void refusesSavepointsThatAreNotRetained(Savepoint.State state) {
    List<Savepoint> withOther = List.of(newest.in(state), second);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> RetentionPolicy.keepLast(1).plan(withOther, Map.of(), NOW))
        .withMessageContaining("is " + state);
  }

  @Test
  void refusesSeveralJobsAtOnce() {
    Savepoint another = savepoint(new JobName("another"), 5, Duration.ofHours(5));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> RetentionPolicy.keepLast(1).plan(List.of(newest, another), Map.of(), NOW))
        .withMessageContaining("another");
  }

  @Test
  void refusesNegativeRules() {
    assertThatIllegalArgumentException().isThrownBy(() -> RetentionPolicy.keepLast(-1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RetentionPolicy.keepWithin(Duration.ofSeconds(-1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RuleSettings.none().keepWeekly(-1))
        .withMessageContaining("keep-weekly -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RetentionPolicy.keepEverything().withMaxBytes(-1));
  }
}
