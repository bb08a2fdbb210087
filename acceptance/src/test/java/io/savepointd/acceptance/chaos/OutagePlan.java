package io.savepointd.acceptance.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * When which process is killed and started again, drawn from a seed: the same seed gives the same
 * plan. The kills come in waves, so that outages overlap in every way, and yet there is something
 * under way when the next wave comes: kills that were spread evenly would mostly hit what is still
 * waiting for another process.
 */
final class OutagePlan {

  private static final Duration WAVE = Duration.ofSeconds(5);
  private static final Duration SHORTEST_CALM = Duration.ofSeconds(4);
  private static final Duration LONGEST_CALM = Duration.ofSeconds(18);
  private static final Duration SHORTEST_OUTAGE = Duration.ofMillis(100);
  private static final Duration LONGEST_OUTAGE = Duration.ofSeconds(6);

  /** A process is hit at the latest in this one of the waves that follow its last outage. */
  private static final int SPARED_AT_MOST = 3;

  private static final double SHARE_HIT = 0.35;

  private final Random random;
  private final List<Outage> outages = new ArrayList<>();
  private final Map<String, Integer> spared = new HashMap<>();

  private OutagePlan(Random random) {
    this.random = random;
  }

  /** By time; every outage has ended by {@code length}. */
  static List<Outage> of(long seed, List<String> victims, Duration length) {
    OutagePlan plan = new OutagePlan(new Random(seed));
    Duration start = Duration.ZERO;
    while (start.plus(WAVE).plus(LONGEST_OUTAGE).compareTo(length) <= 0) {
      Duration end = plan.wave(start, victims);
      start = end.plus(plan.between(SHORTEST_CALM, LONGEST_CALM));
    }
    return plan.outages.stream().sorted(Comparator.comparing(Outage::at)).toList();
  }

  /** Returns when the last one that it hit is started again. */
  private Duration wave(Duration start, List<String> victims) {
    Duration end = start;
    for (String victim : victims) {
      int waves = spared.merge(victim, 1, Integer::sum);
      if (waves < SPARED_AT_MOST && random.nextDouble() >= SHARE_HIT) {
        continue;
      }
      spared.put(victim, 0);
      Duration at = start.plus(between(Duration.ZERO, WAVE));
      Outage outage = new Outage(victim, at, between(SHORTEST_OUTAGE, LONGEST_OUTAGE));
      outages.add(outage);
      end = outage.end().compareTo(end) > 0 ? outage.end() : end;
    }
    return end;
  }

  private Duration between(Duration least, Duration most) {
    return Duration.ofMillis(random.nextLong(least.toMillis(), most.toMillis()));
  }
}
