package io.savepointd.acceptance.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * When which process is killed and started again: drawn from a seed, each process for itself, so
 * that outages of different ones overlap in every way. The same seed gives the same plan.
 */
final class OutagePlan {

  /** Every process is hit for the first time within this. */
  static final Duration FIRST = Duration.ofSeconds(20);

  private static final Duration SHORTEST_LIFE = Duration.ofSeconds(5);
  private static final Duration LONGEST_LIFE = Duration.ofSeconds(45);
  private static final Duration SHORTEST_OUTAGE = Duration.ofMillis(100);
  private static final Duration LONGEST_OUTAGE = Duration.ofSeconds(6);

  private OutagePlan() {}

  /** By time; every outage has ended by {@code length}. */
  static List<Outage> of(long seed, List<String> victims, Duration length) {
    List<Outage> plan = new ArrayList<>();
    for (String victim : victims) {
      // Of its own, so that one more process doesn't change what happens to the others.
      Random random = new Random(seed * 31 + victim.hashCode());
      Duration at = between(random, Duration.ZERO, FIRST);
      Duration down = between(random, SHORTEST_OUTAGE, LONGEST_OUTAGE);
      while (at.plus(down).compareTo(length) <= 0) {
        Outage outage = new Outage(victim, at, down);
        plan.add(outage);
        at = outage.end().plus(between(random, SHORTEST_LIFE, LONGEST_LIFE));
        down = between(random, SHORTEST_OUTAGE, LONGEST_OUTAGE);
      }
    }
    plan.sort(Comparator.comparing(Outage::at));
    return List.copyOf(plan);
  }

  private static Duration between(Random random, Duration least, Duration most) {
    return Duration.ofMillis(random.nextLong(least.toMillis(), most.toMillis()));
  }
}
