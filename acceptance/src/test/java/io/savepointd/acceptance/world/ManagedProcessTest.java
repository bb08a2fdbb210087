package io.savepointd.acceptance.world;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ManagedProcessTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private Path dir;

  @Test
  void keepsWhatWasSaidAndHowItEnded() throws IOException {
    try (ManagedProcess process = shell("echo out; echo err >&2; exit 7")) {
      assertThat(process.awaitExit(SOON)).isEqualTo(7);
      assertThat(process.stdout()).isEqualTo("out\n");
      assertThat(process.stderr()).isEqualTo("err\n");
    }
  }

  @Test
  void waitsForALineOfItsOutput() throws IOException {
    try (ManagedProcess process = shell("echo bound to port 123; exec sleep 60")) {
      assertThat(process.awaitOutput(Pattern.compile("port (\\d+)"), SOON).group(1))
          .isEqualTo("123");
    }
  }

  @Test
  void doesNotWaitForWhatAnEndedProcessCanNoLongerSay() throws IOException {
    try (ManagedProcess process = shell("echo the reason >&2; exit 3")) {
      assertThatThrownBy(() -> process.awaitOutput(Pattern.compile("ready"), SOON))
          .hasStackTraceContaining("test ended with 3 before ready")
          .hasStackTraceContaining("the reason");
    }
  }

  @Test
  void tellsWhetherItEndedInTime() throws IOException {
    try (ManagedProcess ended = shell("exit 0");
        ManagedProcess sleeping = shell("exec sleep 60")) {
      assertThat(ended.endsWithin(SOON)).isTrue();
      assertThat(sleeping.endsWithin(Duration.ofMillis(50))).isFalse();
    }
  }

  @Test
  void terminatingGivesItTheChanceToSayGoodbye() throws IOException {
    try (ManagedProcess process =
        shell("trap 'echo bye; exit 5' TERM; echo up; while :; do sleep 0.05; done")) {
      assertThat(process.awaitOutput(Pattern.compile("up"), SOON).group()).isEqualTo("up");
      assertThat(process.terminate(SOON)).isEqualTo(5);
      assertThat(process.stdout()).endsWith("bye\n");
    }
  }

  @Test
  void aPausedProcessDiesByKillToo() throws IOException {
    try (ManagedProcess process = shell("exec sleep 60")) {
      process.pause();
      assertThat(process.isAlive()).isTrue();
      process.kill();
      assertThat(process.isAlive()).isFalse();
    }
  }

  @Test
  void closingEndsItsChildrenToo() throws IOException {
    long child;
    try (ManagedProcess process = shell("sleep 60 & echo child $!; wait")) {
      child = Long.parseLong(process.awaitOutput(Pattern.compile("child (\\d+)\n"), SOON).group(1));
      assertThat(isAlive(child)).isTrue();
    }
    ProcessHandle.of(child).ifPresent(handle -> handle.onExit().orTimeout(20, SECONDS).join());
    assertThat(isAlive(child)).isFalse();
  }

  @Test
  void failsWhenItDoesNotEndInTime() throws IOException {
    try (ManagedProcess process = shell("exec sleep 60")) {
      assertThatThrownBy(() -> process.awaitExit(Duration.ofMillis(50)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("test had not ended after PT0.05S");
    }
  }

  private ManagedProcess shell(String script) throws IOException {
    return ManagedProcess.start("test", dir, new ProcessBuilder("bash", "-c", script));
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }
}
