package io.savepointd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people see of a scrub and a rebuild, and what a crontab does. */
@Timeout(60)
class ScrubTellingTest {
  @TempDir private Path directory;
  private Path config;

  @BeforeEach
  void configure() throws IOException {
    config = CommandLineCall.config(directory);
  }

  @Test
  void tellsOfEachFindingWhatBecomesOfItAndWhatAPersonCanDo() throws Exception {
    CommandLineCall call =
        told(scrub("damaged,true,done", "orphan,true,", "foreign,false,"), "scrub", "--repair");

    assertThat(call.outLines())
        .containsExactly(
            "damaged averaging aaaaaaaaaaaa hdfs://x",
            "  what is wrong",
            "  next: repaired: it is quarantined",
            "orphan averaging aaaaaaaaaaaa hdfs://x",
            "  what is wrong",
            "  next: stays",
            "  remedy: adopt it",
            "foreign averaging aaaaaaaaaaaa hdfs://x",
            "  what is wrong",
            "  next: stays",
            "  remedy: adopt it",
            "3 savepoints verified, 3 findings, 1 of them wrong");
    assertThat(call.code()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "'foreign,false,', 0",
    "'damaged,true,done', 0",
    "'damaged,true,', 1",
    "'damaged,true,refused', 1",
    "'unclear,true,', 3",
    "'unclear,true,;missing,true,', 1",
    "'missing,true,;unclear,true,', 1",
  })
  void endsWithZeroOnlyIfNothingIsWrong(String findings, int code) throws Exception {
    String body = scrub(findings.split(";", -1));

    assertThat(told(body, "scrub").code()).isEqualTo(code);
    assertThat(told(body, "scrub", "--json").code()).isEqualTo(code);
  }

  @Test
  void tellsWhatARebuildTakesInAndWhatIsLost() throws Exception {
    String body =
        """
        {"present":"it can't be read: x:3: not JSON","savepoints":[
         {"job":"averaging","id":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","path":"hdfs://x",
          "writtenAt":"2026-03-01T12:00:00Z","takenIn":true,"reason":""},
         {"job":"averaging","id":"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","path":"hdfs://y",
          "writtenAt":null,"takenIn":false,"reason":"never finished"}],
         "held":[{"job":"other","reason":"nothing is there"}],"notes":["Lost: the lineage."],
         "outcomes":[{"job":"ledger","result":"done","message":"made anew"}]}
        """;

    CommandLineCall call;
    try (ScriptedDaemon daemon = ScriptedDaemon.answering(directory.resolve("s.sock"), 200, body)) {
      call = CommandLineCall.of("ledger", "rebuild", "--config", config.toString(), "--yes");
      assertThat(daemon.requests()).hasSize(1);
    }

    assertThat(call.code()).isZero();
    assertThat(call.outLines())
        .containsExactly(
            "the present ledger: it can't be read: x:3: not JSON",
            "ID            JOB        WRITTEN AT            LEDGER    PATH      REASON",
            "aaaaaaaaaaaa  averaging  2026-03-01T12:00:00Z  taken in  hdfs://x",
            "bbbbbbbbbbbb  averaging  -                     left      hdfs://y  never finished",
            "other: held: nothing is there",
            "Lost: the lineage.",
            "ledger: made anew");
  }

  @Test
  void ledgerAloneIsNoCommand() {
    assertThat(CommandLineCall.of("ledger").code()).isEqualTo(2);
  }

  /** Each finding as {@code kind,wrong,result}. */
  private static String scrub(String... findings) {
    String all =
        Stream.of(findings)
            .map(f -> f.split(",", -1))
            .map(
                f ->
                    """
                    {"kind":"%s","job":"averaging","id":"aaaaaaaaaaaaaaaaaaaa","path":"hdfs://x",
                     "what":"what is wrong","next":"stays","remedy":"adopt it","wrong":%s,
                     "repairable":true,"result":%s,"message":"it is quarantined"}
                    """
                        .formatted(f[0], f[1], f[2].isEmpty() ? "null" : "\"" + f[2] + "\""))
            .collect(Collectors.joining(","));
    return "{\"verified\":3,\"deep\":false,\"findings\":[" + all + "]}";
  }

  private CommandLineCall told(String answer, String command, String... args) throws IOException {
    Path socket = directory.resolve("s.sock");
    Files.deleteIfExists(socket);
    try (ScriptedDaemon daemon = ScriptedDaemon.answering(socket, 200, answer)) {
      CommandLineCall call = CommandLineCall.with(config, command, args);
      assertThat(call.err()).isEmpty();
      assertThat(daemon.requests()).hasSize(1);
      return call;
    }
  }
}
