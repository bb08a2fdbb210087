package io.savepointd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What people and programs get to see of a daemon's answers. */
@Timeout(60)
class TellingTest {
  private static final String STATUS =
      """
      {"version":"1.2.3","daemon":"active","detail":"","storageRoot":"hdfs://nn/root","jobs":[
       {"name":"a","cluster":"main","state":"running","detail":"all well",
        "since":"2026-03-01T12:00:00Z","run":"0123456789abcdef0123456789abcdef",
        "newestSavepoint":{"id":"fedcba9876543210fedcba9876543210","path":"hdfs://nn/root/x",
         "takenAt":"2026-03-01T12:00:00Z","ageSeconds":75},"retained":3,
        "nextFire":"2026-03-01T12:00:30.5Z"},
       {"name":"b","cluster":"main","state":"held","detail":"why","since":null,"run":null,
        "newestSavepoint":null,"retained":0,"nextFire":null}]}
      """;

  @TempDir private Path directory;
  private Path config;
  private Path socket;

  @BeforeEach
  void configure() throws IOException {
    config = CommandLineCall.config(directory);
    socket = directory.resolve("s.sock");
  }

  @Test
  void tellsStatusAsATableWithADashForWhatIsNotThere() throws Exception {
    assertThat(told(STATUS, "status"))
        .containsExactly(
            "daemon active, version 1.2.3",
            "JOB  STATE    RUN           NEWEST SAVEPOINT  AGE  RETAINED  NEXT                 "
                + " DETAIL",
            "a    running  0123456789ab  fedcba987654      1m   3         2026-03-01T12:00:30Z "
                + " all well",
            "b    held     -             -                 -    0         -                    "
                + " why");
  }

  @Test
  void givesProgramsTheJsonAsItCame() throws Exception {
    String json = String.join("\n", told(STATUS, "status", "--json"));

    assertThat(Asking.JSON.readTree(json)).isEqualTo(Asking.JSON.readTree(STATUS));
  }

  @Test
  void listsSavepointsAskedForByCommandAsSuch() throws Exception {
    String savepoints =
        """
        {"savepoints":[{"id":"0123456789abcdef0123456789abcdef","job":"a",
         "path":"hdfs://nn/root/x","takenAt":"2026-03-01T12:00:00Z","state":"retained",
         "bytes":4567,"tookMillis":87123,"pinned":false,"run":"fedcba9876543210fedcba9876543210",
         "occasion":"requested","schedule":null}]}
        """;

    assertThat(told(savepoints, "list").get(1))
        .isEqualTo(
            "0123456789ab  a    2026-03-01T12:00:00Z  retained  4.5 KiB  1m 27s  fedcba987654  by command"
                + "  hdfs://nn/root/x");
  }

  @Test
  void listsWhatIsPinnedOrQuarantinedAndWhatItWasTakenFor() throws Exception {
    String savepoints =
        """
        {"savepoints":[
         {"id":"0","job":"a","path":"/x","takenAt":"2026-03-01T12:00:00Z","state":"retained",
          "bytes":1,"pinned":true,"run":null,"occasion":"adopted","schedule":null},
         {"id":"1","job":"a","path":"/y","takenAt":"2026-03-01T12:00:00Z","state":"quarantined",
          "bytes":1,"pinned":false,"run":"r","occasion":"stopping","schedule":null},
         {"id":"2","job":"a","path":"/z","takenAt":"2026-03-01T12:00:00Z","state":"retained",
          "bytes":1,"tookMillis":4230,"pinned":false,"run":"r","occasion":"scheduled","schedule":"nightly"}]}
        """;

    assertThat(told(savepoints, "list"))
        .containsExactly(
            "ID  JOB  TAKEN AT              STATE             SIZE  TOOK  FROM RUN  OCCASION  PATH",
            "0   a    2026-03-01T12:00:00Z  retained, pinned  1 B   -     -         by hand   /x",
            "1   a    2026-03-01T12:00:00Z  quarantined       1 B   -     r         stop      /y",
            "2   a    2026-03-01T12:00:00Z  retained          1 B   4.2s  r         nightly   /z");
  }

  @Test
  void tellsOfWhatLiesOnStorageBesidesOnlyWhereThereIsAny() throws Exception {
    String status =
        STATUS.replace("\"retained\":0", "\"retained\":0,\"quarantined\":2,\"leftovers\":1");

    assertThat(told(status, "status").get(3))
        .endsWith("why; 2 quarantined; leftovers of 1 failed savepoints wait for deletion");
  }

  @Test
  void tellsLineageOfARunFromASavepointMadeByHand() throws Exception {
    String runs =
        """
        {"runs":[
         {"job":"a","run":"r3","cluster":"main","submittedAt":"2026-03-01T12:02:00Z",
          "from":"savepoint","fromPath":"hdfs://x","fromTakenAt":"2026-03-01T12:01:00Z",
          "fromRun":null,"state":"started","endedAt":null,"reason":null,"savepoints":[]}]}
        """;

    assertThat(told(runs, "lineage"))
        .containsExactly(
            "a: run r3 started at 2026-03-01T12:02:00Z from savepoint hdfs://x taken at"
                + " 2026-03-01T12:01:00Z by hand, and goes on");
  }

  @Test
  void tellsLineageOfARunThatNeverWas() throws Exception {
    String runs =
        """
        {"runs":[
         {"job":"a","run":"r3","cluster":"main","submittedAt":"2026-03-01T12:02:00Z",
          "from":"nothing","fromPath":null,"fromTakenAt":null,"fromRun":null,
          "state":"not started","endedAt":"2026-03-01T12:02:01Z","reason":"x","savepoints":[]}]}
        """;

    assertThat(told(runs, "lineage"))
        .containsExactly(
            "a: run r3 was to start at 2026-03-01T12:02:00Z empty, given up at"
                + " 2026-03-01T12:02:01Z");
  }

  @Test
  void tellsOnWhichClusterARunWasWhereTheJobWasMoved() throws Exception {
    String run =
        """
        {"job":"a","run":"%s","cluster":"%s","submittedAt":"2026-03-01T12:02:00Z",
         "from":"nothing","fromPath":null,"fromTakenAt":null,
         "fromRun":null,"state":"started","endedAt":null,"reason":null,"savepoints":[]}
        """;
    String other = run.formatted("r1", "new").replace("\"a\"", "\"b\"");
    String runs =
        "{\"runs\":["
            + String.join(",", run.formatted("r3", "new"), run.formatted("r2", "old"), other)
            + "]}";

    assertThat(told(runs, "lineage"))
        .containsExactly(
            "a: run r3 on cluster new started at 2026-03-01T12:02:00Z empty, and goes on",
            "a: run r2 on cluster old started at 2026-03-01T12:02:00Z empty, and goes on",
            "b: run r1 started at 2026-03-01T12:02:00Z empty, and goes on");
  }

  @Test
  void tellsLineageInSentences() throws Exception {
    String runs =
        """
        {"runs":[
         {"job":"a","run":"r3","cluster":"main","submittedAt":"2026-03-01T12:02:00Z",
          "from":"savepoint","fromPath":"hdfs://x","fromTakenAt":"2026-03-01T12:01:00Z",
          "fromRun":"r1","state":"started","endedAt":null,"reason":null,"savepoints":[]},
         {"job":"a","run":"r2","cluster":"main","submittedAt":"2026-03-01T12:01:00Z",
          "from":"unknown","fromPath":null,"fromTakenAt":null,"fromRun":null,
          "state":"canceled","endedAt":"2026-03-01T12:01:30Z","reason":"x","savepoints":[]},
         {"job":"a","run":"r1","cluster":"main","submittedAt":"2026-03-01T12:00:00Z",
          "from":"nothing","fromPath":null,"fromTakenAt":null,"fromRun":null,
          "state":"failed","endedAt":"2026-03-01T12:00:59Z","reason":"x","savepoints":["s1","s2"]}
        ]}
        """;

    assertThat(told(runs, "lineage"))
        .containsExactly(
            "a: run r3 started at 2026-03-01T12:02:00Z from savepoint hdfs://x taken at"
                + " 2026-03-01T12:01:00Z from run r1, and goes on",
            "a: run r2 started at 2026-03-01T12:01:00Z by somebody else, and adopted, canceled at"
                + " 2026-03-01T12:01:30Z",
            "a: run r1 started at 2026-03-01T12:00:00Z empty, failed at 2026-03-01T12:00:59Z",
            "  savepoints: s1 s2");
  }

  @Test
  void explainsEachDecisionOfADryRun() throws Exception {
    String plan =
        """
        {"decisions":[{"job":"a","id":"0123456789abcdef0123456789abcdef",
         "takenAt":"2026-03-01T12:00:00Z","bytes":1024,"occasion":"scheduled","schedule":"nightly","decision":"keep",
         "reason":"the newest; among the last 1"},
         {"job":"a","id":"1123456789abcdef0123456789abcdef",
         "takenAt":"2026-03-01T11:00:00Z","bytes":4096,"occasion":"requested","schedule":null,"decision":"expire",
         "reason":"number 2, only 1 are kept"}],
         "warnings":["a: 1.0 KiB stay, over max-bytes of 1 B"],"outcomes":[]}
        """;

    assertThat(told(plan, "prune", "--dry-run"))
        .containsExactly(
            "ID            JOB  TAKEN AT              SIZE     OCCASION    DECISION  REASON",
            "0123456789ab  a    2026-03-01T12:00:00Z  1.0 KiB  nightly     keep      the newest;"
                + " among the last 1",
            "1123456789ab  a    2026-03-01T11:00:00Z  4.0 KiB  by command  expire    number 2, only"
                + " 1 are kept",
            "a: 1.0 KiB stay, over max-bytes of 1 B");
  }

  @Test
  void promoteSaysWhatItWaitsForBeforeItWaits() throws Exception {
    String standby =
        """
        {"daemon":"standby","detail":"takes over once that one has been silent for 10.0 s",
         "outcomes":[{"job":"daemon","result":"done","message":"active after 11.5 s"}]}
        """;
    try (ScriptedDaemon daemon = ScriptedDaemon.answering(socket, 200, standby)) {
      CommandLineCall call = CommandLineCall.with(config, "promote");

      assertThat(daemon.requests())
          .containsExactly("GET /status HTTP/1.0", "POST /promote HTTP/1.0");
      assertThat(call.err())
          .isEqualTo("daemon: standby: takes over once that one has been silent for 10.0 s\n");
      assertThat(call.outLines()).containsExactly("daemon: active after 11.5 s");
    }
  }

  private java.util.List<String> told(String answer, String command, String... args)
      throws IOException {
    try (ScriptedDaemon daemon = ScriptedDaemon.answering(socket, 200, answer)) {
      CommandLineCall call = CommandLineCall.with(config, command, args);
      assertThat(call.err()).isEmpty();
      assertThat(call.code()).isZero();
      assertThat(daemon.requests()).hasSize(1);
      return call.outLines();
    }
  }
}
