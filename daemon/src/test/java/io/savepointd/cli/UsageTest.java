package io.savepointd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be typed, and what typing something else gives. */
class UsageTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "demo",
        "status",
        "list",
        "lineage",
        "savepoint",
        "restore-latest",
        "start",
        "stop",
        "upgrade",
        "move",
        "release",
        "pin",
        "unpin",
        "verify",
        "adopt",
        "prune",
        "scrub",
        "ledger",
        "config",
        "check-config"
      })
  void everyCommandHasHelpAndAVersionAndRefusesWhatItDoesNotKnow(String command) {
    assertThat(CommandLineCall.of(command, "--help"))
        .satisfies(call -> assertThat(call.code()).isZero())
        .satisfies(call -> assertThat(call.out()).contains("Usage: savepointd " + command));
    assertThat(CommandLineCall.of(command, "--version"))
        .satisfies(call -> assertThat(call.code()).isZero())
        .satisfies(call -> assertThat(call.out()).startsWith("savepointd "));
    assertThat(CommandLineCall.of(command, "--nonsense"))
        .satisfies(call -> assertThat(call.code()).isEqualTo(2))
        .satisfies(call -> assertThat(call.err()).contains("Usage: savepointd " + command));
    assertThat(CommandLineCall.of("help", command).out()).contains("savepointd " + command);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "status",
        "list",
        "lineage",
        "savepoint",
        "restore-latest",
        "verify",
        "prune"
      })
  void everyCommandTakesAConfiguration(String command) {
    Path absent = directory.resolve("absent.conf");

    CommandLineCall call = CommandLineCall.with(absent, command);

    assertThat(call.code()).isEqualTo(2);
    assertThat(call.err()).startsWith("savepointd: 1 fault in the configuration; nothing was done");
    assertThat(call.err()).contains(absent.toString());
    assertThat(call.out()).isEmpty();
  }

  @Test
  void listsItsCommandsAndExitCodes() {
    CommandLineCall help = CommandLineCall.of("--help");

    assertThat(help.code()).isZero();
    assertThat(help.out()).contains("restore-latest").contains("Exit codes").contains("refused");
  }

  @Test
  void tellsItsVersion() {
    assertThat(CommandLineCall.of("--version").out()).startsWith("savepointd ");
  }

  @Test
  void needsACommandAndAKnownOne() {
    assertThat(CommandLineCall.of().code()).isEqualTo(2);
    assertThat(CommandLineCall.of("restore-lastest").code()).isEqualTo(2);
  }

  @Test
  void refusesASecondJobAndStartWithoutItsWords() {
    assertThat(CommandLineCall.of("savepoint", "a", "b").code()).isEqualTo(2);
    assertThat(CommandLineCall.of("start", "--empty").code()).isEqualTo(2);
    assertThat(CommandLineCall.of("adopt", "averaging").code()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"start", "stop", "release", "pin", "unpin", "adopt"})
  void refusesACommandThatNeedsANameAndHasNone(String command) {
    CommandLineCall call = CommandLineCall.of(command);

    assertThat(call.code()).isEqualTo(2);
    assertThat(call.err()).contains("Missing required parameter");
  }

  @Test
  void checksAConfigurationByEitherWayOfNamingIt() throws Exception {
    Path good = CommandLineCall.config(directory);

    assertThat(CommandLineCall.of("check-config", good.toString()).code()).isZero();
    CommandLineCall named = CommandLineCall.with(good, "check-config");
    assertThat(named.code()).isZero();
    assertThat(named.out()).contains("is good: jobs averaging; savepoints under file://");
  }

  @Test
  void saysEachFaultOfAConfigurationWithItsLine() throws Exception {
    Path bad =
        java.nio.file.Files.writeString(
            directory.resolve("bad.conf"), "savepointd {\n  storage.rot = 1\n  watch.x = 1\n}\n");

    CommandLineCall call = CommandLineCall.of("check-config", bad.toString());

    assertThat(call.code()).isEqualTo(2);
    assertThat(call.err()).contains("bad.conf:2").contains("bad.conf:3");
    assertThat(call.err()).doesNotContain("Exception");
  }
}
