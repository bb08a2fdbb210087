package io.savepointd.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RouterTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Map<String, String> NOTHING = Map.of();

  private final FakeOperations operations = new FakeOperations();
  private final Router router = new Router(operations);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET  | /status      | status
          GET  | /savepoints  | savepoints Optional.empty false
          GET  | /lineage     | lineage Optional.empty
          POST | /savepoint   | savepoint Optional.empty CANONICAL
          POST | /prune       | prune Optional.empty false
          POST | /restore-latest | start Optional.empty StartRequest[from=Latest[], replace=false, dryRun=false]
          """)
  void leadsEveryRequestToItsOperation(String method, String path, String operation) {
    assertThat(router.serve(method, path, NOTHING).status()).isEqualTo(200);
    assertThat(operations.asked()).containsExactly(operation);
  }

  @Test
  void handsEveryParameterOn() {
    router.serve("GET", "/savepoints", Map.of("job", "averaging", "all", "true"));
    router.serve("POST", "/savepoint", Map.of("job", "averaging", "native", "true"));
    router.serve("POST", "/prune", Map.of("job", "averaging", "dry-run", ""));
    router.serve(
        "POST",
        "/restore-latest",
        Map.of("job", "averaging", "from", "/a/b", "replace", "true", "dry-run", "true"));
    router.serve("POST", "/start", Map.of("job", "averaging", "empty", "true"));

    assertThat(operations.asked())
        .containsExactly(
            "savepoints Optional[averaging] true",
            "savepoint Optional[averaging] NATIVE",
            "prune Optional[averaging] true",
            "start Optional[averaging]"
                + " StartRequest[from=Named[pathOrId=/a/b], replace=true, dryRun=true]",
            "start Optional[averaging]"
                + " StartRequest[from=Nothing[], replace=false, dryRun=false]");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /nowhere",
    "GET, /",
    "GET, /prune",
    "POST, /status",
    "DELETE, /savepoint",
    "get, /status",
    "GET, /status/"
  })
  void refusesRequestsThatDoNotExist(String method, String path) {
    Router.Reply reply = router.serve(method, path, NOTHING);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(json(reply).path("error").asString()).contains(method + " " + path);
    assertThat(operations.asked()).isEmpty();
  }

  /** One passed over might turn a dry run into a real one. */
  @ParameterizedTest
  @CsvSource({
    "GET, /status, job, averaging",
    "GET, /savepoints, al, true",
    "POST, /savepoint, dry-run, true",
    "POST, /prune, dryrun, true",
    "POST, /prune, replace, true",
    "POST, /restore-latest, empty, true",
    "POST, /start, from, /a/b"
  })
  void refusesParametersThatARequestDoesNotHave(
      String method, String path, String name, String value) {
    Router.Reply reply = router.serve(method, path, Map.of(name, value));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(json(reply).path("error").asString()).contains("'" + name + "'");
    assertThat(operations.asked()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /prune, dry-run, yes",
    "GET, /savepoints, all, TRUE",
    "POST, /prune, 'dry-run', 'true,false'",
    "POST, /savepoint, job, ../etc",
    "POST, /savepoint, job, ''",
    "POST, /restore-latest, from, ''",
    "POST, /restore-latest, from, ' '"
  })
  void refusesValuesThatAreNone(String method, String path, String name, String value) {
    Router.Reply reply = router.serve(method, path, Map.of(name, value));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(json(reply).path("kind").asString()).isEqualTo("usage");
    assertThat(operations.asked()).isEmpty();
  }

  @Test
  void startsAJobAsItWouldStartByItselfUnlessToldOtherwise() {
    router.serve("POST", "/start", Map.of("job", "averaging", "dry-run", "true"));

    assertThat(operations.asked())
        .containsExactly(
            "start Optional[averaging] StartRequest[from=Usual[], replace=false, dryRun=true]");
  }

  @Test
  void handsOnWhatIsToBeDoneAboutJobsAndSavepoints() {
    router.serve("POST", "/stop", Map.of("job", "averaging"));
    router.serve("POST", "/release", Map.of("job", "averaging"));
    router.serve("POST", "/move", Map.of("job", "averaging", "to", "b", "dry-run", "true"));
    router.serve("POST", "/pin", Map.of("savepoint", "01ab"));
    router.serve("POST", "/unpin", Map.of("savepoint", "01ab"));
    router.serve("POST", "/adopt", Map.of("job", "averaging", "path", "/a/b"));
    router.serve("POST", "/verify", NOTHING);
    router.serve("POST", "/verify", Map.of("what", "averaging,01ab", "deep", "true"));

    assertThat(operations.asked())
        .containsExactly(
            "stop averaging",
            "release averaging",
            "move averaging MoveRequest[to=b, olderFlink=false, dryRun=true]",
            "pin 01ab true",
            "pin 01ab false",
            "adopt averaging /a/b",
            "verify [] false",
            "verify [averaging, 01ab] true");
  }

  /** Said without a name, it must not come to mean every job. */
  @ParameterizedTest
  @CsvSource({
    "/stop, '', ''",
    "/release, '', ''",
    "/start, empty, true",
    "/start, dry-run, true",
    "/move, to, b",
    "/move, job, averaging",
    "/adopt, path, /a/b",
    "/adopt, job, averaging",
    "/pin, '', ''",
    "/unpin, savepoint, ' '",
    "/verify, what, ''"
  })
  void refusesWhatNamesTooLittle(String path, String name, String value) {
    Router.Reply reply = router.serve("POST", path, name.isEmpty() ? NOTHING : Map.of(name, value));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(json(reply).path("error").asString()).contains("nothing was done");
    assertThat(operations.asked()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"USAGE, 400, usage", "UNREACHABLE, 503, unreachable", "FAILED, 500, failed"})
  void tellsEachKindOfNoByItsStatus(NotNow.Kind kind, int status, String word) {
    operations.refuse(new NotNow(kind, "because of \"this\""));

    Router.Reply reply = router.serve("GET", "/status", NOTHING);

    assertThat(reply.status()).isEqualTo(status);
    assertThat(json(reply).path("kind").asString()).isEqualTo(word);
    assertThat(json(reply).path("error").asString()).isEqualTo("because of \"this\"");
  }

  @Test
  void answersInTheSameFormWhenItMeetsABug() {
    operations.breakWith(new IllegalStateException("broken"));

    Router.Reply reply = router.serve("GET", "/status", NOTHING);

    assertThat(reply.status()).isEqualTo(500);
    assertThat(json(reply).path("kind").asString()).isEqualTo("failed");
    assertThat(json(reply).path("error").asString()).contains("broken");
  }

  private static JsonNode json(Router.Reply reply) {
    return JSON.readTree(reply.json());
  }
}
