package io.savepointd.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.savepointd.admin.FakeOperations;
import io.savepointd.admin.NotNow;
import io.savepointd.admin.SavepointsBody;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script sees each fault that it is there to see. */
@Timeout(60)
class ExerciseTest {
  @TempDir private Path directory;
  private final FakeOperations operations = new FakeOperations();
  private final StringWriter told = new StringWriter();
  private final Story story = new Story(new PrintWriter(told));
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile String flinkSays = Bodies.path("5");
  private HttpServer flink;
  private Averages averages;
  private Exercise exercise;

  @BeforeEach
  void begin() throws IOException {
    flink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    flink.createContext("/", this::answer);
    flink.start();
    averages = new Averages(Files.createFile(directory.resolve("averages")));
    exercise =
        new Exercise(
            story, averages, new FlinkPage("http://localhost:" + flink.getAddress().getPort()));
  }

  @AfterEach
  void end() {
    flink.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      boolean cancel = exchange.getRequestMethod().equals("PATCH");
      byte[] body =
          ("{\"latest\":{\"restored\":{\"external_path\":\"" + flinkSays + "\"}}}")
              .getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(cancel ? 202 : 200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Test
  void passesWhenEverythingHolds() throws Exception {
    killed();
    restoredFrom("5");
    assertThat(look("(1,1006)")).isTrue();

    assertThat(exercise.sumUp(Duration.ofSeconds(42))).isTrue();
    assertThat(asked.get(0)).isEqualTo("PATCH /jobs/" + Bodies.id("a") + "?mode=cancel");
    assertThat(told.toString())
        .contains("went on from 1005 to 1006")
        .contains("PASSED: 5 savepoints retained, 1 pruned, run a00000000000 killed and restored")
        .contains("in 42 s")
        .doesNotContain("FAULT");
  }

  @Test
  void killsNothingBeforeEnoughIsRetainedPrunedAndCounted() throws Exception {
    operations.jobs().add(Bodies.job("running", "a"));
    savepoints("retained", "retained", "retained");
    look("(1,1005)");
    savepoints("retained", "retained", "retained", "retained", "retained");
    look("(1,1005)");
    assertThat(asked).as("nothing is pruned yet").isEmpty();

    savepoints("retained", "retained", "retained", "retained", "deleted");
    look("(1,1002)");
    assertThat(asked).as("averages too low to tell").isEmpty();

    look("(1,1005)");
    assertThat(asked).hasSize(1);
  }

  @Test
  void seesARestoreFromAnotherSavepointThanTheNewest() throws Exception {
    killed();
    flinkSays = Bodies.path("4");
    restoredFrom("4");
    look("(1,1006)");

    assertThat(exercise.sumUp(Duration.ZERO)).isFalse();
    assertThat(told.toString())
        .contains(
            "FAULT: restored from " + Bodies.path("4") + ", but the newest was " + Bodies.path("5"))
        .contains("FAILED: ");
  }

  @Test
  void seesAStartFromNothing() throws Exception {
    flinkSays = "";
    killed();
    operations.runs().add(0, Bodies.run("b", Optional.empty(), "started"));
    look("");
    look("(1,1006)");

    assertThat(exercise.sumUp(Duration.ZERO)).isFalse();
    assertThat(told.toString()).contains("FAULT: restored from nothing");
  }

  @Test
  void believesFlinkMoreThanTheDaemon() throws Exception {
    killed();
    flinkSays = Bodies.path("4");
    restoredFrom("5");
    look("(1,1006)");

    assertThat(exercise.sumUp(Duration.ZERO)).isFalse();
    assertThat(told.toString())
        .contains("FAULT: Flink says it restored from '" + Bodies.path("4") + "'");
  }

  /** Key 1's values rise from 1000 by one: an average of 1005 means that the value is 1010. */
  @Test
  void seesAveragesThatBeganAnew() throws Exception {
    killed();
    restoredFrom("5");
    look("(1,1011)");

    assertThat(exercise.sumUp(Duration.ZERO)).isFalse();
    assertThat(told.toString()).contains("FAULT: key 1's average jumped from 1005 to 1011");
  }

  @Test
  void waitsForAnAverageOfAKeyThatItKnew() throws Exception {
    killed();
    restoredFrom("5");

    assertThat(look("")).isFalse();
    assertThat(look("(9,9001)")).isFalse();
    assertThat(look("(1,1006)")).isTrue();
  }

  @Test
  void losesPatienceWithADaemonThatTakesNoSavepoints() throws Exception {
    operations.jobs().add(Bodies.job("running", "a"));
    int looks = 0;
    while (!exercise.step(operations)) {
      looks++;
      assertThat(looks).as("it must end").isLessThan(10_000);
    }

    assertThat(exercise.sumUp(Duration.ZERO)).isFalse();
    assertThat(told.toString()).contains("FAULT: gave up after").contains("run (none)");
  }

  @Test
  void losesPatienceWithARunThatIsNotBroughtBack() throws Exception {
    killed();
    while (!exercise.step(operations)) {
      assertThat(asked).hasSize(1);
    }

    assertThat(exercise.sumUp(Duration.ZERO)).isFalse();
  }

  /** Five savepoints of run a, the oldest pruned, then the run cancelled. */
  private void killed() throws IOException, NotNow {
    operations.jobs().add(Bodies.job("running", "a"));
    operations.runs().add(Bodies.run("a", Optional.empty(), "started"));
    savepoints("retained", "retained", "retained", "retained", "deleted");
    look("(1,1005)");
    assertThat(asked).hasSize(1);
  }

  private void restoredFrom(String savepoint) throws IOException, NotNow {
    assertThat(look("")).as("while it is gone").isFalse();
    operations.runs().add(0, Bodies.run("b", Optional.of(savepoint), "started"));
    assertThat(look("")).isFalse();
  }

  /** Of run a, newest (5) first. */
  private void savepoints(String... states) {
    operations.savepoints().clear();
    for (int i = 0; i < states.length; i++) {
      operations.savepoints().add(Bodies.savepoint(String.valueOf(5 - i), "a", states[i]));
    }
    story.tell(new SavepointsBody(List.copyOf(operations.savepoints())));
  }

  private boolean look(String printed) throws IOException, NotNow {
    Files.writeString(
        directory.resolve("averages"),
        printed.isEmpty() ? "" : printed + "\n",
        StandardOpenOption.APPEND);
    averages.read();
    return exercise.step(operations);
  }
}
