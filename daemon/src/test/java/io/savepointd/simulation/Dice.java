package io.savepointd.simulation;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** All chance of one simulation; the same seed throws the same. */
final class Dice {
  private final SplittableRandom random;

  Dice(long seed) {
    this.random = new SplittableRandom(scrambled(seed));
  }

  /** Neighbours among seeds would otherwise throw nearly the same. */
  private static long scrambled(long seed) {
    long mixed = (seed ^ 0x5DEECE66DL) * 0xFF51AFD7ED558CCDL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return mixed ^ (mixed >>> 29);
  }

  /** Others, so that what is thrown there doesn't change what is thrown here. */
  Dice split() {
    return new Dice(random.nextLong());
  }

  SplittableRandom ids() {
    return random.split();
  }

  boolean chance(double probability) {
    return probability > 0 && random.nextDouble() < probability;
  }

  /** From {@code least} to {@code most}, both included. */
  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  /** Every order of magnitude alike. */
  double log(double least, double most) {
    return least * Math.pow(most / least, random.nextDouble());
  }

  /** Every order of magnitude alike. */
  Duration duration(Duration least, Duration most) {
    return Duration.ofMillis((long) log((double) least.toMillis(), (double) most.toMillis()));
  }

  /** The time until something that comes so often. */
  Duration until(double timesADay) {
    double days = -Math.log(1 - random.nextDouble()) / timesADay;
    return Duration.ofMillis((long) (days * (double) Duration.ofDays(1).toMillis()) + 1);
  }

  <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
