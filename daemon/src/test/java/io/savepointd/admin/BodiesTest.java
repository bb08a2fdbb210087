package io.savepointd.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.model.ClusterName;
import io.savepointd.model.JobName;
import io.savepointd.model.Launch;
import io.savepointd.model.Occasion;
import io.savepointd.model.RunId;
import io.savepointd.model.Savepoint;
import io.savepointd.model.SavepointFormat;
import io.savepointd.model.SavepointId;
import io.savepointd.supervise.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON that programs rely on, to the letter. */
class BodiesTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.250Z");

  private final FakeOperations operations = new FakeOperations();

  @Test
  void tellsOfAJobWithASavepoint() {
    operations.jobs().add(job(Optional.of("f".repeat(32)), Optional.of(savepoint()), NOON));

    assertThat(body("/status").toString())
        .isEqualTo(
            """
            {"version":"1.2.3","daemon":"active","detail":"","storageRoot":"hdfs://nn:9000/root",\
            "jobs":[{"name":"averaging","cluster":"main","state":"running","detail":"all well",\
            "since":"2026-03-01T12:00:00.250Z","run":"ffffffffffffffffffffffffffffffff",\
            "newestSavepoint":{"id":"00000000000000000000000000000001",\
            "path":"hdfs://nn:9000/root/a","takenAt":"2026-03-01T12:00:00.250Z","ageSeconds":90},\
            "retained":3,"quarantined":0,"leftovers":0,"nextFire":"2026-03-01T12:00:00.250Z"}]}\
            """);
  }

  @Test
  void saysNullForWhatAJobDoesNotHave() {
    operations
        .jobs()
        .add(
            new StatusBody.JobBody(
                "averaging",
                "main",
                "held",
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                0,
                Optional.empty()));

    JsonNode job = body("/status").path("jobs").path(0);

    for (String field : new String[] {"since", "run", "newestSavepoint", "nextFire"}) {
      assertThat(job.has(field)).as(field).isTrue();
      assertThat(job.path(field).isNull()).as(field).isTrue();
    }
  }

  @Test
  void listsSavepointsWithTheirSchedule() {
    Launch launch = Launch.older(new ClusterName("main"), "abc", List.of("--x"), OptionalInt.of(2));
    operations.savepoints().add(SavepointsBody.SavepointBody.of(savepoint(), Optional.of(launch)));

    assertThat(body("/savepoints").toString())
        .isEqualTo(
            """
            {"savepoints":[{"id":"00000000000000000000000000000001","job":"averaging",\
            "path":"hdfs://nn:9000/root/a","takenAt":"2026-03-01T12:00:00.250Z",\
            "state":"retained","bytes":4567,"tookMillis":0,"pinned":false,\
            "run":"ffffffffffffffffffffffffffffffff","occasion":"scheduled",\
            "schedule":"frequent",\
            "launch":{"id":null,"jarDigest":"abc","entryClass":null,"args":["--x"],\
            "parallelism":2,"flinkConfiguration":{}}}]}\
            """);
  }

  @Test
  void saysNullForTheScheduleOfASavepointAskedForByCommand() {
    Savepoint s = savepoint();
    operations
        .savepoints()
        .add(
            SavepointsBody.SavepointBody.of(
                new Savepoint(
                    s.id(),
                    s.job(),
                    s.run().orElseThrow(),
                    new Occasion.Requested(),
                    s.format(),
                    s.path(),
                    s.takenAt(),
                    s.bytes(),
                    Savepoint.State.DELETED),
                Optional.empty()));

    JsonNode listed = body("/savepoints").path("savepoints").path(0);

    assertThat(listed.has("schedule")).isTrue();
    assertThat(listed.path("schedule").isNull()).isTrue();
    assertThat(listed.path("state").asString()).isEqualTo("deleted");
  }

  @Test
  void aSavepointOfTheFutureIsNoYoungerThanNow() {
    assertThat(StatusBody.NewestBody.of(savepoint(), NOON.minusSeconds(5)).ageSeconds()).isZero();
  }

  @Test
  void hasAWordForEachAnswer() {
    assertThat(OutcomeBody.of("a", new Answer.Done("m")).result()).isEqualTo("done");
    assertThat(OutcomeBody.of("a", new Answer.Failed("m")).result()).isEqualTo("failed");
    assertThat(OutcomeBody.of("a", new Answer.Refused("m")).result()).isEqualTo("refused");
    assertThat(OutcomeBody.of("a", new Answer.Unreachable("m")).result()).isEqualTo("unreachable");
  }

  private JsonNode body(String path) {
    return JsonMapper.builder()
        .build()
        .readTree(new Router(operations).serve("GET", path, Map.of()).json());
  }

  private static StatusBody.JobBody job(
      Optional<String> run, Optional<Savepoint> newest, Instant nextFire) {
    return new StatusBody.JobBody(
        "averaging",
        "main",
        "running",
        "all well",
        Optional.of(NOON),
        run,
        newest.map(s -> StatusBody.NewestBody.of(s, NOON.plusSeconds(90))),
        3,
        0,
        0,
        Optional.of(nextFire));
  }

  private static Savepoint savepoint() {
    return new Savepoint(
        new SavepointId(String.format("%032x", 1)),
        new JobName("averaging"),
        new RunId("f".repeat(32)),
        new Occasion.Scheduled("frequent"),
        SavepointFormat.CANONICAL,
        "hdfs://nn:9000/root/a",
        NOON,
        4567,
        Savepoint.State.RETAINED);
  }
}
