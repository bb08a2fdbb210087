package io.savepointd.embedded;

/**
 * The lines of the source: keys 1 to 5 in turn, each key's value one higher in every round.
 *
 * <p>Key {@code k} starts at {@code 1000 k} and its average rises by one in two rounds. A run that
 * goes on from restored counts carries on smoothly; one that lost them shows itself by a jump to
 * the value of the present round, about twice as far above {@code 1000 k}.
 */
final class LineSequence {

  static final int KEYS = 5;

  private LineSequence() {}

  /** The line of that number, counted from 0, without its line end. */
  static String line(long number) {
    long key = number % KEYS + 1;
    long round = number / KEYS;
    return key + " " + (1000 * key + round);
  }
}
