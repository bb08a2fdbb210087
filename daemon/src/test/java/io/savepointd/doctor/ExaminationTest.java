package io.savepointd.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ExaminationTest {
  private static final Duration DEADLINE = Duration.ofMillis(300);

  private final CountDownLatch never = new CountDownLatch(1);

  private interface Look {
    Verdict look() throws IOException;
  }

  private record Scripted(String name, List<String> needs, List<String> after, Look script)
      implements Check {
    @Override
    public Verdict look() throws IOException {
      return script.look();
    }

    @Override
    public String remedy(IOException failure) {
      return "mend " + name;
    }
  }

  private static Check check(String name, Look look) {
    return new Scripted(name, List.of(), List.of(), look);
  }

  private static Check good(String name) {
    return check(name, () -> new Verdict.Ok("fine"));
  }

  private Check hanging(String name) {
    return check(
        name,
        () -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return new Verdict.Ok("at last");
        });
  }

  private static Check needing(String name, String needed) {
    return new Scripted(name, List.of(needed), List.of(), () -> new Verdict.Ok("fine"));
  }

  private static Report run(Check... checks) {
    try (Examination examination = new Examination(List.of(checks), DEADLINE, () -> {})) {
      return examination.run(line -> {});
    }
  }

  @Test
  void givesUpACheckThatHangsAndGoesOn() {
    Report report = run(hanging("a"), needing("b", "a"), good("c"));

    assertThat(report.lines())
        .containsExactly(
            new Line("a", new Verdict.Failed("no answer within 0.3 s", "mend a")),
            new Line("b", new Verdict.Skipped("needs a, which failed")),
            new Line("c", new Verdict.Ok("fine")));
    assertThat(report.summary()).isEqualTo("1 ok, 0 warnings, 1 failed, 1 skipped");
  }

  @Test
  void carriesOutWhatDoesntWaitForEachOtherAtTheSameTime() {
    CountDownLatch both = new CountDownLatch(2);
    Look meeting =
        () -> {
          both.countDown();
          try {
            both.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return new Verdict.Ok("met");
        };

    assertThat(run(check("a", meeting), check("b", meeting)).failed()).isZero();
  }

  @Test
  void namesTheCheckAtTheRootOfIt() {
    Check failing =
        check(
            "a",
            () -> {
              throw new IOException("no\nsecond line");
            });

    assertThat(run(failing, needing("b", "a"), needing("c", "b")).lines())
        .containsExactly(
            new Line("a", new Verdict.Failed("no", "mend a")),
            new Line("b", new Verdict.Skipped("needs a, which failed")),
            new Line("c", new Verdict.Skipped("needs a, which failed")));
  }

  @Test
  void waitsForWhatMustBeOverThoughItFails() {
    Check last = new Scripted("b", List.of(), List.of("a"), () -> new Verdict.Ok("after all"));

    assertThat(run(hanging("a"), last).lines().get(1).verdict())
        .isEqualTo(new Verdict.Ok("after all"));
  }

  @Test
  void goesOnAfterAWarning() {
    Check warning = check("a", () -> new Verdict.Warn("hm", "do"));

    assertThat(run(warning, needing("b", "a")).summary()).isEqualTo("1 ok, 1 warning, 0 failed");
  }

  @Test
  void takesABugForAFailure() {
    Check broken =
        check(
            "a",
            () -> {
              throw new IllegalStateException("oops");
            });

    assertThat(run(broken).lines().get(0).verdict())
        .isInstanceOfSatisfying(
            Verdict.Failed.class, f -> assertThat(f.found()).contains("a bug", "oops"));
  }

  @Test
  void tellsEachLineInOrder() {
    List<String> told = new ArrayList<>();
    try (Examination examination =
        new Examination(List.of(hanging("a"), good("b")), DEADLINE, () -> {})) {
      examination.run(line -> told.add(line.check()));
    }

    assertThat(told).containsExactly("a", "b");
  }

  @Test
  void refusesToWaitForWhatComesLater() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(needing("a", "b"), good("b")))
        .withMessageContaining("'b'");
  }

  @Test
  void cleansUpHoweverItEnds(@TempDir Path directory) throws IOException {
    AtomicInteger cleaned = new AtomicInteger();
    try (Examination examination =
        new Examination(List.of(hanging("a")), DEADLINE, cleaned::incrementAndGet)) {
      examination.run(line -> {});
    }
    assertThat(cleaned).hasValue(1);

    FakeWorld world = new FakeWorld(directory);
    Examination interrupted = world.examination();
    interrupted.run(line -> {});
    assertThat(world.storage.isClosed).isFalse();
    interrupted.close();
    assertThat(world.storage.isClosed).isTrue();
  }
}
