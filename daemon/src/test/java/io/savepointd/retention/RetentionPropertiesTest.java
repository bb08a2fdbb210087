package io.savepointd.retention;

import static io.savepointd.retention.Savepoints.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.model.Occasion;
import io.savepointd.model.Savepoint;
import io.savepointd.model.SavepointId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for any savepoints, policy and needs; ages collide on purpose. */
class RetentionPropertiesTest {
  private static final List<String> SCHEDULES = List.of("frequent", "nightly", "bare");
  private static final List<String> ZONES =
      List.of("UTC", "Europe/Berlin", "Australia/Lord_Howe", "America/Goose_Bay");

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  /** One made-up situation, without a bound on bytes; the same for the same seed. */
  private record Case(
      List<Savepoint> savepoints, RetentionPolicy policy, Map<SavepointId, String> needed) {
    static Case of(long seed) {
      Random random = new Random(seed);
      int hours = random.nextBoolean() ? 40 : 24 * 800;
      List<Savepoint> savepoints =
          IntStream.range(0, 1 + random.nextInt(40))
              .mapToObj(i -> savepoint(i, random, hours))
              .collect(Collectors.toCollection(ArrayList::new));
      Collections.shuffle(savepoints, random);
      RetentionPolicy policy =
          RetentionPolicy.of(random.nextInt(3) == 0 ? RuleSettings.none() : rules(random, hours))
              .withZone(ZoneId.of(ZONES.get(random.nextInt(ZONES.size()))));
      for (String schedule : SCHEDULES) {
        if (random.nextInt(3) == 0) {
          policy = policy.withSchedule(schedule, rules(random, hours));
        }
      }
      return new Case(
          savepoints,
          policy,
          savepoints.stream()
              .filter(savepoint -> random.nextInt(6) == 0)
              .collect(Collectors.toMap(Savepoint::id, savepoint -> "needed")));
    }

    private static Savepoint savepoint(int number, Random random, int hours) {
      Duration age = Duration.ofMinutes(30L * (random.nextInt(2 * hours) - 3));
      Savepoint savepoint = Savepoints.savepoint(number, age);
      int who = random.nextInt(SCHEDULES.size() + 1);
      Occasion occasion =
          who == SCHEDULES.size()
              ? new Occasion.Requested()
              : new Occasion.Scheduled(SCHEDULES.get(who));
      return Savepoints.sized(random.nextInt(100), Savepoints.takenBy(occasion, savepoint));
    }

    private static RuleSettings rules(Random random, int hours) {
      RuleSettings rules = RuleSettings.none();
      for (int more = random.nextInt(4); more > 0; more--) {
        rules = withOneMore(rules, random, hours);
      }
      return rules;
    }

    RetentionPlan plan() {
      return plan(policy, savepoints);
    }

    RetentionPlan plan(RetentionPolicy by) {
      return plan(by, savepoints);
    }

    RetentionPlan plan(RetentionPolicy by, List<Savepoint> of) {
      return by.plan(of, needed, NOW);
    }

    RetentionPolicy bounded(long seed) {
      long sum = savepoints.stream().mapToLong(Savepoint::bytes).sum();
      return policy.withMaxBytes((long) (new Random(~seed).nextDouble() * sum));
    }

    Savepoint newest() {
      return savepoints.stream()
          .max(Comparator.comparing(Savepoint::takenAt).thenComparing(s -> s.id().value()))
          .orElseThrow();
    }
  }

  private static RuleSettings withOneMore(RuleSettings rules, Random random, int hours) {
    int count = random.nextInt(8);
    return switch (random.nextInt(7)) {
      case 0 -> rules.keepLast(count);
      case 1 -> rules.keepWithin(Duration.ofHours(random.nextInt(hours)));
      case 2 -> rules.keepHourly(count);
      case 3 -> rules.keepDaily(count);
      case 4 -> rules.keepWeekly(count);
      case 5 -> rules.keepMonthly(count);
      default -> rules.keepYearly(count);
    };
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theNewestAndTheNeededAreAlwaysKeptWithOrWithoutABound(long seed) {
    Case any = Case.of(seed);
    for (RetentionPolicy policy : List.of(any.policy(), any.bounded(seed))) {
      List<Savepoint> kept = any.plan(policy).kept();

      assertThat(kept.get(0)).isEqualTo(any.newest());
      assertThat(kept.stream().map(Savepoint::id)).containsAll(any.needed().keySet());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everySavepointIsDecidedOnceNewestFirstWithAReason(long seed) {
    Case any = Case.of(seed);
    for (RetentionPolicy policy : List.of(any.policy(), any.bounded(seed))) {
      List<Decision> decisions = any.plan(policy).decisions();

      assertThat(decisions.stream().map(Decision::savepoint))
          .containsExactlyInAnyOrderElementsOf(any.savepoints());
      assertThat(decisions.stream().map(decision -> decision.savepoint().takenAt()))
          .isSortedAccordingTo(Comparator.reverseOrder());
      assertThat(decisions).noneMatch(decision -> decision.reasons().isEmpty());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void orderOfTheInputDoesNotMatter(long seed) {
    Case any = Case.of(seed);
    List<Savepoint> shuffled = new ArrayList<>(any.savepoints());
    Collections.shuffle(shuffled, new Random(seed + 1));
    for (RetentionPolicy policy : List.of(any.policy(), any.bounded(seed))) {
      assertThat(any.plan(policy, shuffled)).isEqualTo(any.plan(policy));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aRuleMoreNeverDeletesMoreUnlessItIsTheFirstToSpeak(long seed) {
    Case any = Case.of(seed);
    RetentionPolicy policy = any.policy();
    Random random = new Random(seed + 2);
    List<RetentionPolicy> more = new ArrayList<>();
    if (!policy.job().isEmpty()) {
      more.add(
          new RetentionPolicy(
              withOneMore(policy.job(), random, 1000),
              policy.schedules(),
              policy.zone(),
              policy.maxBytes()));
    }
    for (String schedule : SCHEDULES) {
      if (!policy.job().isEmpty() || policy.schedules().containsKey(schedule)) {
        RuleSettings rules = policy.schedules().getOrDefault(schedule, RuleSettings.none());
        more.add(policy.withSchedule(schedule, withOneMore(rules, random, 1000)));
      }
    }

    assertThat(more)
        .allSatisfy(larger -> assertThat(any.plan(larger).kept()).containsAll(any.plan().kept()));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aGreaterCountNeverLosesAny(long seed) {
    Case any = Case.of(seed);
    for (int n = 0; n < any.savepoints().size(); n++) {
      RuleSettings few = RuleSettings.none().keepLast(n).keepDaily(n).keepWeekly(n);
      RuleSettings many = RuleSettings.none().keepLast(n + 1).keepDaily(n + 1).keepWeekly(n + 1);

      assertThat(any.plan(RetentionPolicy.of(many)).kept())
          .containsAll(any.plan(RetentionPolicy.of(few)).kept());
    }
  }

  /** The job's rules one at a time, each alone, keep together what they keep at once. */
  @ParameterizedTest
  @MethodSource("seeds")
  void severalRulesKeepTheUnionOfWhatEachKeeps(long seed) {
    Case any = Case.of(seed);
    RetentionPolicy together = RetentionPolicy.of(any.policy().job()).withZone(any.policy().zone());
    if (any.policy().job().isEmpty()) {
      assertThat(any.plan(together).expired()).isEmpty();
      return;
    }
    Set<Savepoint> union = new HashSet<>();
    for (Rule rule : any.policy().job().rules()) {
      RetentionPolicy alone =
          RetentionPolicy.of(new RuleSettings(List.of(rule))).withZone(any.policy().zone());
      union.addAll(any.plan(alone).kept());
    }

    assertThat(any.plan(together).kept()).containsExactlyInAnyOrderElementsOf(union);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aSchedulesRulesKeepWhatTheyWouldOfItsOwnSavepointsAlone(long seed) {
    Case any = Case.of(seed);
    any.policy()
        .schedules()
        .forEach(
            (name, rules) -> {
              List<Savepoint> own =
                  any.savepoints().stream()
                      .filter(s -> s.occasion().equals(new Occasion.Scheduled(name)))
                      .toList();
              RetentionPolicy alone = RetentionPolicy.of(rules).withZone(any.policy().zone());
              Set<Savepoint> wanted = new HashSet<>(any.plan(alone, own).kept());
              // The newest of a schedule is kept by its rules alone, not by rule 6.
              own.stream()
                  .max(Comparator.comparing(Savepoint::takenAt).thenComparing(s -> s.id().value()))
                  .ifPresent(wanted::remove);

              assertThat(any.plan().kept()).containsAll(wanted);
            });
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void pruningTwiceAtOneInstantTakesNothingMore(long seed) {
    Case any = Case.of(seed);
    for (RetentionPolicy policy : List.of(any.policy(), any.bounded(seed))) {
      List<Savepoint> left = any.plan(policy).kept();

      assertThat(any.plan(policy, left).expired()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aBoundIsKeptOrSaidToBeOverrunAndTakesTheOldestFirst(long seed) {
    Case any = Case.of(seed);
    RetentionPolicy bounded = any.bounded(seed);
    long most = bounded.maxBytes().orElseThrow();
    RetentionPlan plan = any.plan(bounded);
    List<Savepoint> wanted = any.plan().kept();
    Set<Savepoint> free = new HashSet<>(wanted);
    free.removeIf(s -> any.needed().containsKey(s.id()) || s.equals(any.newest()));
    long sum = plan.kept().stream().mapToLong(Savepoint::bytes).sum();

    assertThat(wanted).containsAll(plan.kept());
    assertThat(plan.overrun().isPresent()).isEqualTo(sum > most);
    if (sum > most) {
      assertThat(plan.kept()).as("nothing but what must stay").noneMatch(free::contains);
    }
    List<Savepoint> freeNewestFirst = wanted.stream().filter(free::contains).toList();
    List<Savepoint> freeKept = plan.kept().stream().filter(free::contains).toList();
    assertThat(freeKept).isEqualTo(freeNewestFirst.subList(0, freeKept.size()));
    if (freeKept.size() < freeNewestFirst.size()) {
      long next = freeNewestFirst.get(freeKept.size()).bytes();
      assertThat(sum + next).as("no more than had to went").isGreaterThan(most);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void timeThatPassesBringsNoneBack(long seed) {
    Case any = Case.of(seed);
    Instant later = NOW.plus(Duration.ofDays(1));

    assertThat(any.plan().kept())
        .containsAll(any.policy().plan(any.savepoints(), any.needed(), later).kept());
  }
}
