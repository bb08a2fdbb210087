package io.savepointd.retention;

import io.savepointd.model.Savepoint;
import io.savepointd.model.Words;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** One wish of a job's owner: which savepoints are to be kept. */
public sealed interface Rule {
  /**
   * What it says of each of these savepoints, in their order.
   *
   * @param newestFirst those the rule speaks of, and no others: they are what it counts
   * @param zone where its hours, days and so on begin
   */
  List<Verdict> judge(List<Savepoint> newestFirst, Instant now, ZoneId zone);

  /**
   * Keeps the newest so many.
   *
   * @param count not negative
   */
  record KeepLast(int count) implements Rule {
    /** Refuses fewer than none. */
    public KeepLast {
      requireCount("keep-last", count);
    }

    @Override
    public List<Verdict> judge(List<Savepoint> newestFirst, Instant now, ZoneId zone) {
      return IntStream.range(0, newestFirst.size()).mapToObj(this::judge).toList();
    }

    private Verdict judge(int rank) {
      return rank < count
          ? Verdict.keep("among the last " + count)
          : Verdict.pass("number " + (rank + 1) + ", only " + count + " are kept");
    }
  }

  /**
   * Keeps everything younger than this.
   *
   * @param limit not negative; large ones mean for ever
   */
  record KeepWithin(Duration limit) implements Rule {
    /** Refuses a negative time. */
    public KeepWithin {
      if (limit.isNegative()) {
        throw new IllegalArgumentException("keep-within " + limit + " can't be negative");
      }
    }

    @Override
    public List<Verdict> judge(List<Savepoint> newestFirst, Instant now, ZoneId zone) {
      return newestFirst.stream().map(savepoint -> judge(savepoint, now)).toList();
    }

    private Verdict judge(Savepoint savepoint, Instant now) {
      // Not now.minus(limit): that overflows for the large durations that mean "for ever".
      Duration age = Duration.between(savepoint.takenAt(), now);
      String most = Words.of(limit);
      return age.compareTo(limit) < 0
          ? Verdict.keep("younger than " + most)
          : Verdict.pass(Words.of(age) + " old, only " + most + " are kept");
    }
  }

  /**
   * Keeps the newest savepoint of each of the newest so many hours, days and so on that have one,
   * as restic does: periods without a savepoint don't count.
   *
   * @param count not negative
   */
  record KeepPeriodic(Period period, int count) implements Rule {
    /** Refuses fewer than none. */
    public KeepPeriodic {
      requireCount(period.key(), count);
    }

    @Override
    public List<Verdict> judge(List<Savepoint> newestFirst, Instant now, ZoneId zone) {
      Map<String, Integer> ranks = new HashMap<>();
      List<Verdict> verdicts = new ArrayList<>();
      for (Savepoint savepoint : newestFirst) {
        String label = period.label(savepoint.takenAt(), zone);
        // By label, not by comparing neighbours: in Goose Bay, clocks once went back over midnight.
        Integer seen = ranks.putIfAbsent(label, ranks.size() + 1);
        verdicts.add(judge(label, ranks.get(label), seen == null));
      }
      return verdicts;
    }

    private Verdict judge(String label, int rank, boolean newest) {
      String word = period.word();
      if (rank > count) {
        return Verdict.pass(
            word + " " + label + " is number " + rank + ", only " + count + " are kept");
      }
      return newest
          ? Verdict.keep("newest of " + word + " " + label + ", " + rank + " of " + count)
          : Verdict.pass("not the newest of " + word + " " + label);
    }
  }

  private static void requireCount(String key, int count) {
    if (count < 0) {
      throw new IllegalArgumentException(key + " " + count + " can't be negative");
    }
  }
}
