package io.savepointd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class VerifyCommandTest {
  @TempDir private Path directory;

  private static String look(String result, String reason, String done) {
    return """
        {"id":"0123456789abcdef0123456789abcdef","job":"a","takenAt":"2026-03-01T12:00:00.5Z",
         "bytes":4567,"result":"%s","reason":%s,"done":%s,"millis":87}"""
        .formatted(result, reason, done);
  }

  private CommandLineCall told(String looks, String... args) throws IOException {
    Path config = CommandLineCall.config(directory);
    try (ScriptedDaemon daemon =
        ScriptedDaemon.answering(
            directory.resolve("s.sock"), 200, "{\"savepoints\":[" + looks + "]}")) {
      CommandLineCall call = CommandLineCall.with(config, "verify", args);
      assertThat(daemon.requests()).hasSize(1);
      return new CommandLineCall(call.code(), daemon.requests().get(0) + "\n" + call.out(), "");
    }
  }

  @Test
  void tellsWhatEachLookHasShownAndWhatFollows() throws IOException {
    CommandLineCall call =
        told(
            look("good", "null", "null")
                + ","
                + look("damaged", "\"cut short\"", "\"quarantined\""));

    assertThat(call.outLines())
        .containsExactly(
            "POST /verify?deep=false HTTP/1.0",
            "ID            JOB  TAKEN AT              SIZE     RESULT                TOOK  REASON",
            "0123456789ab  a    2026-03-01T12:00:00Z  4.5 KiB  good                  87ms",
            "0123456789ab  a    2026-03-01T12:00:00Z  4.5 KiB  damaged, quarantined  87ms  cut"
                + " short");
    assertThat(call.code()).isEqualTo(1);
  }

  @Test
  void namesWhatIsToBeLookedAtAndGivesProgramsTheJson() throws IOException {
    CommandLineCall call = told(look("good", "null", "null"), "a", "01ab", "--deep", "--json");

    assertThat(call.outLines().get(0)).isEqualTo("POST /verify?deep=true&what=a%2C01ab HTTP/1.0");
    assertThat(call.outLines().get(1)).startsWith("{");
    assertThat(call.code()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "good good, 0",
    "good deleted, 0",
    "good unknown, 3",
    "unknown missing, 1",
    "damaged unknown, 1",
    "something-new, 1"
  })
  void endsWithZeroOnlyIfAllAreGood(String results, int code) {
    String looks =
        Arrays.stream(results.split(" "))
            .filter(r -> !r.isEmpty())
            .map(r -> look(r, "null", "null"))
            .collect(Collectors.joining(","));

    assertThat(VerifyCommand.code(Asking.JSON.readTree("{\"savepoints\":[" + looks + "]}")).value)
        .isEqualTo(code);
  }
}
