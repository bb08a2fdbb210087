package io.savepointd.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.model.JobName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Time passes as it is asked for; the waits in between are of 100 ms. */
@Timeout(20)
class LastSavepointsTest {
  private static final List<JobName> OPEN = List.of(new JobName("a"), new JobName("b"));

  private final CountDownLatch ended = new CountDownLatch(1);
  private final List<String> told = new ArrayList<>();
  private int looks;
  private long nanos;

  private void await(Duration patience, LastSavepoints.Jobs jobs) throws InterruptedException {
    new LastSavepoints(patience, () -> nanos += Duration.ofSeconds(1).toNanos())
        .await(
            () -> {
              looks++;
              return jobs.withOpenSavepoints();
            },
            (names, left) -> told.add(LastSavepoints.words(names, left)),
            ended);
  }

  @Test
  void waitsForNothingWhereNoneIsOpen() throws InterruptedException {
    await(Duration.ofSeconds(30), List::of);

    assertThat(looks).isEqualTo(1);
    assertThat(told).isEmpty();
  }

  @Test
  void waitsUntilTheLastIsSettled() throws InterruptedException {
    await(Duration.ofMinutes(30), () -> looks < 4 ? OPEN : List.of());

    assertThat(looks).isEqualTo(4);
    assertThat(told.get(0))
        .isEqualTo("awaits the savepoint of a, b, 30m more at most; the jobs go on");
  }

  @Test
  void waitsNoLongerThanItsPatienceAndTellsNowAndThen() throws InterruptedException {
    await(Duration.ofSeconds(15), () -> OPEN);

    assertThat(looks).isBetween(3, 15);
    assertThat(told).hasSizeBetween(2, 4);
  }

  @Test
  void waitsNoLongerThanTheDaemonLives() throws InterruptedException {
    ended.countDown();
    await(Duration.ofDays(1), () -> OPEN);

    assertThat(looks).isEqualTo(1);
  }
}
