package io.savepointd.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** The job on a socket: what it prints, how it ends, and what it keeps. */
final class SocketRunIT extends ClusterIT {
  private static final String[] ORIGINAL = {"1 3", "1 5", "1 7", "1 4", "1 2"};

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private PrintStream realOut = System.out;
  private LineServer server;

  @BeforeEach
  void listen() throws Exception {
    realOut = System.out;
    printed.reset();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    server = LineServer.start();
  }

  @AfterEach
  void hangUp() throws Exception {
    System.setOut(realOut);
    server.close();
  }

  @Test
  void printsTheRunningAveragesOfTheOriginalExample() throws Exception {
    String run = start(socket(server.port()));
    server.accept();
    server.send(ORIGINAL);
    awaitPrinted("(1,4)", "(1,5)", "(1,4)", "(1,4)");
    cancel(run);
    assertThat(server.clientIsGone()).isTrue();
  }

  @Test
  void printsAveragesOfTwoWhenItResets() throws Exception {
    String run = start(socket(server.port(), "--emit", "reset"));
    server.accept();
    server.send(ORIGINAL);
    server.send("2 1", "2 1");
    awaitPrinted("(1,4)", "(1,5)", "(2,1)");
    cancel(run);
  }

  @Test
  void countsBadLinesAndGoesOn() throws Exception {
    String run = start(socket(server.port()));
    server.accept();
    server.send("1 3", "", "7", "one two", "1 99999999999999999999", "1 2 3", "1 5");
    awaitPrinted("(1,4)");
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(metric(run, "parse", "parse.badLines")).isEqualTo("5"));
    cancel(run);
  }

  @Test
  void failsNamingTheKeyWhoseSumOverflows() throws Exception {
    String run = start(socket(server.port()));
    server.accept();
    server.send("42 " + Long.MAX_VALUE, "42 1");
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(exceptions(run)).contains("The sum of key 42 overflows a long"));
    cancel(run);
  }

  @Test
  @Timeout(60)
  void stopsWithSavepointWhileLinesCome() throws Exception {
    String run = start(socket(server.port()));
    server.accept();
    server.send(ORIGINAL);
    awaitPrinted("(1,4)", "(1,5)", "(1,4)", "(1,4)");
    assertThat(stop(run)).isNotEmpty();
    assertThat(server.clientIsGone()).isTrue();
  }

  @Test
  @Timeout(60)
  void stopsWithSavepointWhileThePeerIsSilent() throws Exception {
    String run = start(socket(server.port()));
    server.accept();
    assertStopsPromptly(run);
  }

  @Test
  @Timeout(60)
  void stopsWithSavepointWhileNobodyListens() throws Exception {
    server.close();
    assertStopsPromptly(start(socket(server.port())));
  }

  @Test
  void goesOnFromTheRestoredCountsAfterAStop() throws Exception {
    Path results = results("socket");
    List<String> arguments = socket(server.port(), "--results", results.toUri().toString());
    String first = start(arguments);
    server.accept();
    server.send("1 3", "1 5");
    awaitPrinted("(1,4)");
    String savepoint = stop(first);
    assertThat(results).doesNotExist();

    String second = restore(savepoint, arguments);
    server.accept();
    server.send("1 7", "8 8");
    awaitPrinted("(1,4)", "(1,5)");
    drain(second);
    assertThat(linesOf(results)).containsExactly("1 3 15 5", "8 1 8 -");
  }

  @Test
  void connectsAgainWhenThePeerComesBack() throws Exception {
    String run = start(socket(server.port()));
    server.accept();
    server.send("1 3");
    server.hangUp();
    server.accept();
    server.send("1 5");
    awaitPrinted("(1,4)");
    cancel(run);
  }

  private void assertStopsPromptly(String run) throws Exception {
    long before = System.nanoTime();
    assertThat(stop(run)).isNotEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
  }

  private static List<String> socket(int port, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--port", "" + port));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private void awaitPrinted(String... lines) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                    .containsExactly(lines));
  }

  private String exceptions(String run) throws Exception {
    JsonNode history = rest().get("/jobs/" + run + "/exceptions").body().path("exceptionHistory");
    return history.path("entries").toString();
  }
}
