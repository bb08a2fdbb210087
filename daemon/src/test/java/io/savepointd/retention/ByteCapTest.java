package io.savepointd.retention;

import static io.savepointd.retention.Savepoints.NOW;
import static io.savepointd.retention.Savepoints.savepoint;
import static io.savepointd.retention.Savepoints.sized;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.model.Savepoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ByteCapTest {
  private final Savepoint newest = sized(10, savepoint(1, Duration.ofHours(1)));
  private final Savepoint second = sized(20, savepoint(2, Duration.ofHours(2)));
  private final Savepoint third = sized(30, savepoint(3, Duration.ofHours(3)));
  private final Savepoint fourth = sized(5, savepoint(4, Duration.ofHours(4)));
  private final List<Savepoint> all = List.of(third, newest, fourth, second);

  private RetentionPlan within(long maxBytes) {
    return RetentionPolicy.keepEverything().withMaxBytes(maxBytes).plan(all, Map.of(), NOW);
  }

  @Test
  void letsTheOldestGoUntilTheRestFits() {
    assertThat(within(65).expired()).isEmpty();
    assertThat(within(64).kept()).containsExactly(newest, second, third);
    assertThat(within(60).expired()).containsExactly(fourth);
    assertThat(within(59).expired()).containsExactly(fourth, third);
    assertThat(within(59).overrun()).isEmpty();
  }

  @Test
  void letsNoOlderOneStayBecauseItIsSmall() {
    assertThat(within(36).kept())
        .as("15 would be room for the fourth")
        .containsExactly(newest, second);
  }

  @Test
  void neverLetsTheNewestGoAndSaysThatItDoesNotFit() {
    RetentionPlan plan = within(9);

    assertThat(plan.kept()).containsExactly(newest);
    assertThat(plan.overrun()).contains(new Overrun(10, 9));
    assertThat(plan.overrun().orElseThrow().inWords())
        .isEqualTo(
            "10 B stay, over max-bytes of 9 B by 1 B: each of them is the newest or still needed");
  }

  @Test
  void neverLetsOneGoThatIsNeededAndCountsItFirst() {
    RetentionPolicy policy = RetentionPolicy.keepEverything().withMaxBytes(45);

    RetentionPlan plan = policy.plan(all, Map.of(third.id(), "pinned"), NOW);

    assertThat(plan.kept()).as("40 of 45 can't go").containsExactly(newest, third);
    assertThat(plan.overrun()).isEmpty();
    RetentionPlan tooMuch =
        policy.plan(all, Map.of(third.id(), "pinned", second.id(), "run 1 stands on it"), NOW);
    assertThat(tooMuch.kept()).containsExactly(newest, second, third);
    assertThat(tooMuch.overrun()).contains(new Overrun(60, 45));
  }

  @Test
  void countsOnlyWhatTheRulesKeep() {
    RetentionPlan plan = RetentionPolicy.keepLast(2).withMaxBytes(30).plan(all, Map.of(), NOW);

    assertThat(plan.kept()).containsExactly(newest, second);
    assertThat(plan.decisions().get(2).reasons()).containsExactly("number 3, only 2 are kept");
  }

  @Test
  void saysWhatItHasOverruled() {
    RetentionPlan plan = RetentionPolicy.keepLast(2).withMaxBytes(29).plan(all, Map.of(), NOW);

    assertThat(plan.decisions().get(1))
        .isEqualTo(
            new Decision.Expire(
                second,
                List.of("no room left in max-bytes of 29 B", "in spite of: among the last 2")));
  }

  @Test
  void isNotFooledByASumThatIsNoNumberAnyMore() {
    Savepoint huge = sized(Long.MAX_VALUE, second);
    Savepoint hugeToo = sized(Long.MAX_VALUE, third);

    RetentionPlan plan =
        RetentionPolicy.keepEverything()
            .withMaxBytes(100)
            .plan(List.of(newest, huge, hugeToo), Map.of(), NOW);

    assertThat(plan.kept()).containsExactly(newest);
  }

  @Test
  void ofNothingIsNothing() {
    RetentionPlan plan =
        RetentionPolicy.keepEverything().withMaxBytes(0).plan(List.of(), Map.of(), NOW);

    assertThat(plan).isEqualTo(new RetentionPlan(List.of(), Optional.empty()));
  }
}
