package io.savepointd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The whole command on a local root, with a cluster where nobody answers. */
@Timeout(60)
class DoctorCommandTest {
  @TempDir private Path directory;
  private Path config;

  @BeforeEach
  void configure() throws IOException {
    config = CommandLineCall.config(directory);
  }

  @Test
  void tellsEachCheckInOneLineAndLeavesNothing() {
    CommandLineCall call = CommandLineCall.with(config, "doctor");

    assertThat(call.code()).isEqualTo(1);
    assertThat(call.outLines())
        .anyMatch(line -> line.matches("ok    storage lease +a lock file in its place.*"))
        .anyMatch(line -> line.matches("ok    daemon +none runs; nobody answers on .*s\\.sock"))
        .anyMatch(line -> line.matches("ok    ledger +none yet.*"))
        .anyMatch(line -> line.matches("FAIL  cluster main +cluster main: GET .*"))
        .anyMatch(line -> line.matches("skip  cluster main slots +needs cluster main.*"))
        .anyMatch(line -> line.matches("FAIL  job averaging jar .*"))
        .last()
        .asString()
        .matches("\\d+ ok, \\d+ warnings?, 2 failed, 4 skipped");
    assertThat(directory.resolve("savepoints")).doesNotExist();
  }

  @Test
  void printsTheSameAsJson() {
    CommandLineCall call = CommandLineCall.with(config, "doctor", "--json");

    JsonNode body = Asking.JSON.readTree(call.out());
    assertThat(body.path("failed").asInt()).isEqualTo(2);
    JsonNode first = body.path("checks").path(0);
    assertThat(first.path("check").asString()).isEqualTo("java");
    assertThat(first.path("result").asString()).isEqualTo("ok");
    assertThat(first.path("found").asString()).isNotBlank();
    assertThat(first.path("remedy").asString("?")).isEmpty();
  }

  @Test
  void endsWithUsageWhereTheConfigurationCannotBeRead() throws IOException {
    Files.writeString(config, "savepointd { jobs.averaging.jarr = x }");

    CommandLineCall call = CommandLineCall.with(config, "doctor");

    assertThat(call.code()).isEqualTo(2);
    assertThat(call.out()).contains("FAIL  configuration", "did you mean 'jar'?");
  }

  @Test
  void saysWhatTheDaemonAnswers() throws Exception {
    String status = "{\"daemon\":\"standby\",\"version\":\"0.0.1\",\"detail\":\"held\"}";
    try (ScriptedDaemon daemon =
        ScriptedDaemon.answering(directory.resolve("s.sock"), 200, status)) {
      CommandLineCall call = CommandLineCall.with(config, "doctor");

      assertThat(call.out()).containsPattern("warn  daemon +standby, version 0\\.0\\.1");
      assertThat(daemon.requests()).isEqualTo(List.of("GET /status HTTP/1.0"));
    }
  }
}
