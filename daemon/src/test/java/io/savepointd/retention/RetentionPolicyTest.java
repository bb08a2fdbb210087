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
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RetentionPolicyTest {
  private final Savepoint newest = savepoint(1, Duration.ofHours(1));
  private final Savepoint second = savepoint(2, Duration.ofHours(2));
  private final Savepoint third = savepoint(3, Duration.ofHours(3));
  private final Savepoint fourth = savepoint(4, Duration.ofHours(4));
  private final List<Savepoint> all = List.of(third, newest, fourth, second);

  private static RetentionPolicy policy(OptionalInt last, Optional<Duration> within) {
    return new RetentionPolicy(last, within);
  }

  private static RetentionPolicy keepLast(int n) {
    return policy(OptionalInt.of(n), Optional.empty());
  }

  private static RetentionPolicy keepWithin(Duration duration) {
    return policy(OptionalInt.empty(), Optional.of(duration));
  }

  private RetentionPlan plan(RetentionPolicy policy) {
    return policy.plan(all, Map.of(), NOW);
  }

  @Test
  void keepsEverythingWithoutARule() {
    RetentionPlan plan = plan(policy(OptionalInt.empty(), Optional.empty()));

    assertThat(plan.kept()).containsExactly(newest, second, third, fourth);
    assertThat(plan.expired()).isEmpty();
  }

  @Test
  void keepsTheLastSoManyAndExpiresTheOldestFirst() {
    RetentionPlan plan = plan(keepLast(2));

    assertThat(plan.kept()).containsExactly(newest, second);
    assertThat(plan.expired()).containsExactly(fourth, third);
  }

  @Test
  void keepsWhatIsYounger() {
    assertThat(plan(keepWithin(Duration.ofMinutes(181))).kept())
        .containsExactly(newest, second, third);
    assertThat(plan(keepWithin(Duration.ofHours(3))).kept()).containsExactly(newest, second);
  }

  @Test
  void keepsTheUnionOfBothRules() {
    RetentionPolicy mostlyByTime = policy(OptionalInt.of(1), Optional.of(Duration.ofMinutes(150)));
    RetentionPolicy mostlyByCount = policy(OptionalInt.of(3), Optional.of(Duration.ofMinutes(90)));

    assertThat(plan(mostlyByTime).kept()).containsExactly(newest, second);
    assertThat(plan(mostlyByCount).kept()).containsExactly(newest, second, third);
  }

  @Test
  void keepsTheLastRetainedSavepointEvenWhenExpired() {
    assertThat(plan(keepWithin(Duration.ofMinutes(1))).kept()).containsExactly(newest);
    assertThat(plan(keepLast(0)).kept()).containsExactly(newest);
  }

  @Test
  void keepsWhatIsNeededWithItsReason() {
    RetentionPlan plan =
        keepLast(1).plan(all, Map.of(fourth.id(), "run 12 was restored from it"), NOW);

    assertThat(plan.kept()).containsExactly(newest, fourth);
    assertThat(plan.decisions().get(3).reasons()).containsExactly("run 12 was restored from it");
  }

  @Test
  void neededOnesEatNothingOfTheQuota() {
    RetentionPlan plan =
        keepLast(2).plan(all, Map.of(second.id(), "pinned", third.id(), "pinned"), NOW);

    assertThat(plan.kept()).containsExactly(newest, second, third);
  }

  @Test
  void saysWhyInWords() {
    RetentionPlan plan = plan(policy(OptionalInt.of(2), Optional.of(Duration.ofMinutes(90))));

    assertThat(plan.decisions().get(0).reasons())
        .containsExactly("the newest", "among the last 2", "younger than PT1H30M");
    assertThat(plan.decisions().get(1).reasons()).containsExactly("among the last 2");
    assertThat(plan.decisions().get(2).reasons())
        .containsExactly("number 3, only 2 are kept", "PT3H old, only PT1H30M are kept");
  }

  @Test
  void ordersEqualTimesById() {
    Savepoint smaller = savepoint(7, Duration.ofHours(1));
    Savepoint greater = savepoint(8, Duration.ofHours(1));

    assertThat(keepLast(1).plan(List.of(smaller, greater), Map.of(), NOW).kept())
        .containsExactly(greater);
    assertThat(keepLast(1).plan(List.of(greater, smaller), Map.of(), NOW).kept())
        .containsExactly(greater);
  }

  @Test
  void keepsWhatAClockAheadOfOursHasTaken() {
    Savepoint tomorrow = savepoint(9, Duration.ofDays(-1));

    assertThat(
            keepWithin(Duration.ofHours(1)).plan(List.of(tomorrow, second), Map.of(), NOW).kept())
        .containsExactly(tomorrow);
  }

  @Test
  void forEverIsADuration() {
    assertThat(plan(keepWithin(Duration.ofSeconds(Long.MAX_VALUE))).expired()).isEmpty();
  }

  @Test
  void nothingToPlanIsAnEmptyPlan() {
    assertThat(keepLast(1).plan(List.of(), Map.of(), NOW).decisions()).isEmpty();
  }

  @Test
  void refusesSavepointsThatAreNotRetained() {
    List<Savepoint> withExpired = List.of(newest.in(Savepoint.State.EXPIRED), second);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> keepLast(1).plan(withExpired, Map.of(), NOW))
        .withMessageContaining("is EXPIRED");
  }

  @Test
  void refusesSeveralJobsAtOnce() {
    Savepoint another = savepoint(new JobName("another"), 5, Duration.ofHours(5));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> keepLast(1).plan(List.of(newest, another), Map.of(), NOW))
        .withMessageContaining("another");
  }

  @Test
  void refusesNegativeRules() {
    assertThatIllegalArgumentException().isThrownBy(() -> keepLast(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> keepWithin(Duration.ofSeconds(-1)));
  }
}
