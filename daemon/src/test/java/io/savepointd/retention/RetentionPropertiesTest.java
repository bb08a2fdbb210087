package io.savepointd.retention;

import static io.savepointd.retention.Savepoints.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.model.Savepoint;
import io.savepointd.model.SavepointId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for any savepoints, policy and needs; ages collide on purpose. */
class RetentionPropertiesTest {
  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  /** One made-up situation; the same for the same seed. */
  private record Case(
      List<Savepoint> savepoints,
      OptionalInt last,
      Optional<Duration> within,
      Map<SavepointId, String> needed) {
    static Case of(long seed) {
      Random random = new Random(seed);
      List<Savepoint> savepoints =
          IntStream.range(0, 1 + random.nextInt(30))
              .mapToObj(i -> Savepoints.savepoint(i, Duration.ofMinutes(random.nextInt(20) - 2)))
              .collect(Collectors.toCollection(ArrayList::new));
      Collections.shuffle(savepoints, random);
      return new Case(
          savepoints,
          random.nextInt(4) == 0 ? OptionalInt.empty() : OptionalInt.of(random.nextInt(12)),
          random.nextBoolean()
              ? Optional.empty()
              : Optional.of(Duration.ofMinutes(random.nextInt(20))),
          savepoints.stream()
              .filter(savepoint -> random.nextInt(6) == 0)
              .collect(Collectors.toMap(Savepoint::id, savepoint -> "needed")));
    }

    RetentionPlan plan() {
      return plan(savepoints, last);
    }

    RetentionPlan plan(List<Savepoint> order, OptionalInt keepLast) {
      return new RetentionPolicy(keepLast, within).plan(order, needed, NOW);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void newestIsAlwaysKept(long seed) {
    Case any = Case.of(seed);
    Instant newest =
        any.savepoints().stream().map(Savepoint::takenAt).max(Comparator.naturalOrder()).get();

    assertThat(any.plan().kept().get(0).takenAt()).isEqualTo(newest);
    assertThat(any.plan().decisions().get(0)).isInstanceOf(Decision.Keep.class);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void neededAreAlwaysKept(long seed) {
    Case any = Case.of(seed);

    assertThat(any.plan().kept().stream().map(Savepoint::id)).containsAll(any.needed().keySet());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everySavepointIsDecidedOnceNewestFirstWithAReason(long seed) {
    Case any = Case.of(seed);
    List<Decision> decisions = any.plan().decisions();

    assertThat(decisions.stream().map(Decision::savepoint))
        .containsExactlyInAnyOrderElementsOf(any.savepoints());
    assertThat(decisions.stream().map(decision -> decision.savepoint().takenAt()))
        .isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(decisions).noneMatch(decision -> decision.reasons().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void orderOfTheInputDoesNotMatter(long seed) {
    Case any = Case.of(seed);
    List<Savepoint> shuffled = new ArrayList<>(any.savepoints());
    Collections.shuffle(shuffled, new Random(seed + 1));

    assertThat(any.plan(shuffled, any.last())).isEqualTo(any.plan());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void keepingMoreNeverLosesAny(long seed) {
    Case any = Case.of(seed);
    for (int n = 0; n < any.savepoints().size(); n++) {
      assertThat(any.plan(any.savepoints(), OptionalInt.of(n + 1)).kept())
          .containsAll(any.plan(any.savepoints(), OptionalInt.of(n)).kept());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void expiredOnesSatisfyNoRule(long seed) {
    Case any = Case.of(seed);
    List<Savepoint> newestFirst = any.plan().decisions().stream().map(Decision::savepoint).toList();
    for (Savepoint expired : any.plan().expired()) {
      assertThat(any.last().isPresent() || any.within().isPresent()).isTrue();
      assertThat(newestFirst.indexOf(expired)).isGreaterThanOrEqualTo(any.last().orElse(1));
      any.within()
          .ifPresent(limit -> assertThat(expired.takenAt()).isBeforeOrEqualTo(NOW.minus(limit)));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void pruningTwiceAtOneInstantTakesNothingMore(long seed) {
    Case any = Case.of(seed);
    List<Savepoint> left = any.plan().kept();

    assertThat(any.plan(left, any.last()).expired()).isEmpty();
  }
}
