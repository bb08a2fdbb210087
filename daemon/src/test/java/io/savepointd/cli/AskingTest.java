package io.savepointd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Commands against a daemon that answers what it is told to. */
@Timeout(60)
class AskingTest {
  @TempDir private Path directory;
  private Path config;
  private Path socket;

  @BeforeEach
  void configure() throws IOException {
    config = CommandLineCall.config(directory);
    socket = directory.resolve("s.sock");
  }

  @ParameterizedTest
  @CsvSource({
    "400, usage, 2",
    "503, unreachable, 3",
    "500, failed, 1",
    "500, somethingNew, 1",
  })
  void endsWithTheCodeOfTheKindOfNo(int status, String kind, int code) throws Exception {
    String error = "{\"error\":\"no such job\",\"kind\":\"" + kind + "\"}";
    try (ScriptedDaemon daemon = ScriptedDaemon.answering(socket, status, error)) {
      CommandLineCall call = CommandLineCall.with(config, "status");

      assertThat(call.code()).isEqualTo(code);
      assertThat(call.err()).isEqualTo("savepointd: no such job\n");
      assertThat(call.out()).isEmpty();
      assertThat(daemon.requests()).hasSize(1);
    }
  }

  @Test
  void asksExactlyForWhatWasTyped() throws Exception {
    try (ScriptedDaemon daemon = ScriptedDaemon.answering(socket, 200, "{\"outcomes\":[]}")) {
      CommandLineCall.with(config, "list", "--all", "averaging");
      CommandLineCall.with(config, "lineage");
      CommandLineCall.with(config, "savepoint", "averaging");
      CommandLineCall.with(config, "start", "averaging", "--empty");
      CommandLineCall.with(config, "stop", "averaging");
      CommandLineCall.with(config, "release", "averaging");
      CommandLineCall.with(config, "pin", "01ab");
      CommandLineCall.with(config, "unpin", "01ab");
      CommandLineCall.with(config, "adopt", "averaging", "/a b");
      CommandLineCall.with(config, "prune", "--dry-run");

      assertThat(daemon.requests())
          .containsExactly(
              "GET /savepoints?all=true&job=averaging HTTP/1.0",
              "GET /lineage HTTP/1.0",
              "POST /savepoint?job=averaging HTTP/1.0",
              "POST /start?dry-run=false&empty=true&job=averaging HTTP/1.0",
              "POST /stop?job=averaging HTTP/1.0",
              "POST /release?job=averaging HTTP/1.0",
              "POST /pin?savepoint=01ab HTTP/1.0",
              "POST /unpin?savepoint=01ab HTTP/1.0",
              "POST /adopt?job=averaging&path=%2Fa+b HTTP/1.0",
              "POST /prune?dry-run=true HTTP/1.0");
    }
  }

  @Test
  void restoresWithEveryOption() throws Exception {
    try (ScriptedDaemon daemon = ScriptedDaemon.answering(socket, 200, "{\"outcomes\":[]}")) {
      CommandLineCall.with(
          config, "restore-latest", "averaging", "--from", "/a", "--replace", "--dry-run");

      assertThat(daemon.requests())
          .singleElement()
          .asString()
          .contains("job=averaging", "from=%2Fa", "replace=true", "dry-run=true");
    }
  }

  @Test
  void endsWithRefusedWhenNothingButThatCameOfIt() throws Exception {
    String refused =
        "{\"outcomes\":[{\"job\":\"averaging\",\"result\":\"refused\",\"message\":\"alive\"}]}";
    try (ScriptedDaemon daemon = ScriptedDaemon.answering(socket, 200, refused)) {
      CommandLineCall call = CommandLineCall.with(config, "restore-latest");

      assertThat(call.code()).isEqualTo(4);
      assertThat(call.out()).isEqualTo("averaging: refused: alive\n");
      assertThat(daemon.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"502, <html>Bad gateway", "200, ''", "200, 7"})
  void saysInOneLineWhatIsNoAnswer(int status, String body) throws Exception {
    try (ScriptedDaemon daemon = ScriptedDaemon.answering(socket, status, body)) {
      CommandLineCall call = CommandLineCall.with(config, "status");

      assertThat(call.code()).isEqualTo(1);
      assertThat(call.err().lines()).hasSize(1);
      assertThat(call.err()).contains("HTTP " + status).contains(socket.toString());
      assertThat(daemon.requests()).hasSize(1);
    }
  }

  /** Acting alone on what a daemon may have begun would double it. */
  @Test
  void doesNotActAloneAfterAReplyThatWasCutOff() throws Exception {
    try (ScriptedDaemon daemon = ScriptedDaemon.saying(socket, "HTTP/1.1 20")) {
      CommandLineCall call = CommandLineCall.with(config, "savepoint");

      assertThat(call.code()).isEqualTo(3);
      assertThat(call.err()).contains("cut off").contains("may have been done");
      assertThat(daemon.requests()).hasSize(1);
    }
  }

  @Test
  void answersByItselfWhereNoDaemonRuns() {
    CommandLineCall call = CommandLineCall.with(config, "status");

    assertThat(call.code()).isZero();
    assertThat(call.out()).startsWith("daemon absent").contains("averaging  unreachable");
  }

  @Test
  void namesAJobThatIsNotConfigured() {
    CommandLineCall call = CommandLineCall.with(config, "savepoint", "averagin");

    assertThat(call.code()).isEqualTo(2);
    assertThat(call.err()).contains("no job 'averagin'").contains("[averaging]");
  }

  @Test
  void takesABugForAFailureAndSaysSoInOneLine() {
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine();
    line.addSubcommand("broken", new Broken());
    line.setErr(new PrintWriter(err, true));

    assertThat(line.execute("broken")).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo(
            "savepointd: a bug, its trace is in the log: java.lang.IllegalStateException: oops\n");
  }

  @Command(name = "broken")
  private static final class Broken implements Callable<Integer> {
    @Override
    public Integer call() {
      throw new IllegalStateException("oops");
    }
  }
}
