package io.savepointd.job;

/** The sum of a key no longer fits a long; every further average of it would be wrong. */
public final class SumOverflowException extends ArithmeticException {
  private static final long serialVersionUID = 1L;

  SumOverflowException(long key, long count, long sum, long value) {
    super(
        "The sum of key "
            + key
            + " overflows a long: "
            + sum
            + " (of "
            + count
            + " records) plus "
            + value
            + "; the run fails rather than emit a wrong average");
  }
}
