package io.savepointd.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LineSequenceTest {

  @Test
  void keysComeInTurnAndValuesRiseByOneInEveryRound() {
    assertThat(LongStream.range(0, 7).mapToObj(LineSequence::line))
        .containsExactly("1 1000", "2 2000", "3 3000", "4 4000", "5 5000", "1 1001", "2 2001");
  }

  @Test
  void lostCountsShowAsAJumpOfTheAverage() {
    long rounds = 100;
    double whole = average(0, rounds);
    double next = average(0, rounds + 1);
    double afterLoss = average(rounds, rounds + 1);

    assertThat(next - whole).isBetween(0.0, 1.0);
    assertThat(afterLoss - whole).isGreaterThan(rounds / 2.0);
  }

  private static double average(long fromRound, long toRound) {
    return LongStream.range(fromRound, toRound)
        .mapToObj(round -> LineSequence.line(round * LineSequence.KEYS))
        .mapToLong(line -> Long.parseLong(line.split(" ", -1)[1]))
        .average()
        .orElseThrow();
  }
}
