package io.savepointd.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.model.ClusterName;
import io.savepointd.model.Job;
import io.savepointd.model.JobName;
import io.savepointd.model.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(30)
class SubmitterTest {
  private static final RunId RUN = new RunId("0".repeat(31) + "1");
  private static final String RUN_IT = "POST /jars/u1_jar/run";
  private static final String TAKEN = "{\"jobid\":\"" + RUN + "\",\"applicationId\":\"x\"}";
  private static final String NO_JOBS = "{\"jobs\":[]}";

  private final StubFlink stub = new StubFlink();
  private Path jar;
  private String digest;

  @BeforeEach
  void write(@TempDir Path directory) throws IOException {
    jar = Files.writeString(directory.resolve("my job \"v1\".jar"), "the jar's content");
    digest = JarDigest.of(jar);
  }

  @AfterEach
  void close() {
    stub.close();
  }

  @Test
  void runsJarThatClusterHoldsAlready() {
    givenJarHeld();
    stub.on(RUN_IT, 200, TAKEN);

    assertThat(submit()).isEqualTo(new SubmitOutcome.Accepted());
    assertThat(stub.requests()).containsExactly("GET /jars", RUN_IT);
  }

  @Test
  void uploadsJarThatClusterHoldsOnlyByName() {
    stub.on("GET /jars", 200, "{\"files\":[{\"id\":\"u0_x\",\"name\":\"my job.jar\"}]}");
    givenUploadWorks();
    stub.on(RUN_IT, 200, TAKEN);

    assertThat(submit()).isEqualTo(new SubmitOutcome.Accepted());
    assertThat(stub.requests()).containsExactly("GET /jars", "POST /jars/upload", RUN_IT);
    StubFlink.Asked upload = stub.asked().get(1);
    assertThat(upload.contentType()).isEqualTo("multipart/form-data; boundary=" + digest);
    assertThat(upload.body())
        .startsWith("--" + digest + "\r\nContent-Disposition: form-data; name=\"jarfile\"; ")
        .contains("filename=\"" + digest + "-my_job__v1_.jar\"")
        .contains("\r\n\r\nthe jar's content\r\n--" + digest + "--\r\n");
  }

  @Test
  void uploadsJarOnceMoreWhenClusterHasLostItInBetween() {
    stub.on(
        "GET /jars", 200, "{\"files\":[{\"id\":\"u0_old\",\"name\":\"" + digest + "-x.jar\"}]}");
    stub.on(
        "POST /jars/u0_old/run",
        500,
        "{\"errors\":[\"x.Y: Jar file /tmp/u0_old does not exist\"]}");
    givenUploadWorks();
    stub.on(RUN_IT, 200, TAKEN);

    assertThat(submit()).isEqualTo(new SubmitOutcome.Accepted());
  }

  @Test
  void refusesWhenUploadedJarIsNeverThere() {
    stub.on("GET /jars", 200, "{\"files\":[]}");
    givenUploadWorks();
    stub.on(RUN_IT, 400, "{\"errors\":[\"x.Y: Jar file /tmp/u1_jar does not exist\"]}");
    stub.on("GET /jobs/overview", 200, NO_JOBS);
    stub.on("GET /jobs/" + RUN + "/status", 404, "{\"errors\":[\"Job not found\"]}");

    assertThat(submit()).isInstanceOf(SubmitOutcome.Refused.class);
    assertThat(stub.requests().stream().filter("POST /jars/upload"::equals)).hasSize(1);
  }

  @Test
  void sendsFieldsThatEveryVersionKnows() {
    givenJarHeld();
    stub.on(RUN_IT, 200, TAKEN);

    submit(submission(Optional.of("hdfs:/s"), Map.of("a.b", "c")));

    JsonNode body = JsonMapper.shared().readTree(stub.asked().get(1).body());
    assertThat(body)
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"jobId":"%s","entryClass":"a.Main","programArgsList":["--a","b c"],
                     "parallelism":3,"savepointPath":"hdfs:/s","allowNonRestoredState":true,
                     "restoreMode":"NO_CLAIM",
                     "flinkConfiguration":{"pipeline.name":"averaging","a.b":"c"}}
                    """
                        .formatted(RUN)));
  }

  @Test
  void saysNothingOfRestoringToRunThatStartsEmpty() {
    givenJarHeld();
    stub.on(RUN_IT, 200, TAKEN);

    submit(submission(Optional.empty(), Map.of("pipeline.name", "mine")));

    JsonNode body = JsonMapper.shared().readTree(stub.asked().get(1).body());
    assertThat(body.propertyNames())
        .doesNotContain("savepointPath", "restoreMode", "allowNonRestoredState");
    assertThat(body.path("flinkConfiguration").path("pipeline.name").asString()).isEqualTo("mine");
  }

  @ParameterizedTest
  @CsvSource({
    "400, DuplicateJobSubmissionException: Job has already been submitted., Duplicate",
    "400, DuplicateApplicationSubmissionException: again, Duplicate",
    "500, org.apache.flink.client.program.ProgramInvocationException: no entry class, Refused",
    "500, java.lang.RuntimeException: Could not look up the main(String[]) method from the class"
        + " a.B: c/D, Refused",
    "400, java.lang.IllegalArgumentException: bad argument, Refused",
    "404, Not found: /jars/u1_jar/run, Refused",
    "503, Service temporarily unavailable due to an ongoing leader election., Unknown",
    "500, java.lang.NullPointerException, Unknown",
    "408, Timed out., Unknown",
    "429, Slow down., Unknown",
    "400, org.apache.pekko.pattern.AskTimeoutException: Ask timed out, Unknown",
    "400, java.util.concurrent.TimeoutException: Invocation of [x] at recipient [y] timed out.,"
        + " Unknown",
    "400, org.apache.flink.runtime.rpc.exceptions.FencingTokenException: mismatch, Unknown",
    "400, org.apache.flink.runtime.rpc.exceptions.RecipientUnreachableException: gone, Unknown",
    "500, KeeperErrorCode: org.apache.zookeeper.KeeperException$ConnectionLossException, Unknown",
  })
  void tellsRefusalFromTrouble(int status, String error, String expected) {
    givenJarHeld();
    stub.on(RUN_IT, status, "{\"errors\":[\"Internal server error.\",\"" + error + "\"]}");
    stub.on("GET /jobs/overview", 200, NO_JOBS);
    stub.on("GET /jobs/" + RUN + "/status", 404, "{\"errors\":[\"Job not found\"]}");

    assertThat(submit().getClass().getSimpleName()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "200, '<html>Please log in</html>'",
    "200, '{}'",
    "200, '{\"jobid\":\"00000000000000000000000000000002\"}'",
    "302, ''",
    "403, 'Forbidden, says a proxy'",
    "502, 'Bad gateway, says a proxy'"
  })
  void knowsNothingFromAnswerThatIsNotFlinks(int status, String body) {
    givenJarHeld();
    stub.on(RUN_IT, status, body);

    assertThat(submit()).isInstanceOf(SubmitOutcome.Unknown.class);
  }

  @Test
  void knowsNothingWhenAnswerIsLate() {
    givenJarHeld();
    stub.on(RUN_IT, stub.hangAfter(""));

    SubmitOutcome outcome =
        stub.cluster("", Duration.ofMillis(500)).submit(submission(Optional.empty(), Map.of()));

    assertThat(outcome).isInstanceOf(SubmitOutcome.Unknown.class);
  }

  @Test
  void knowsNothingWhenConnectionBreaks() {
    givenJarHeld();
    stub.on(RUN_IT, StubFlink.breakAfter("{"));

    assertThat(submit()).isInstanceOf(SubmitOutcome.Unknown.class);
  }

  @Test
  void knowsNothingWhenNobodyCanSayWhetherRefusedRunIsThere() {
    givenJarHeld();
    stub.on(RUN_IT, 400, "{\"errors\":[\"java.lang.IllegalStateException: late\"]}");
    stub.on("GET /jobs/overview", 503, "{\"errors\":[\"leader election\"]}");

    assertThat(submit())
        .isInstanceOfSatisfying(
            SubmitOutcome.Unknown.class,
            unknown -> assertThat(unknown.reason()).contains("IllegalStateException: late"));
  }

  @Test
  void refusesWhenClusterTakesNoJars() {
    stub.on("GET /jobs/overview", 200, NO_JOBS);
    stub.on("GET /jobs/" + RUN + "/status", 404, "{\"errors\":[\"Job not found\"]}");

    assertThat(submit())
        .isInstanceOfSatisfying(
            SubmitOutcome.Refused.class,
            refused -> assertThat(refused.reason()).contains("GET ", "/jars: HTTP 404"));
  }

  @Test
  void sendsNothingWhenJarIsMissing() throws IOException {
    Files.delete(jar);

    assertThat(submit())
        .isInstanceOfSatisfying(
            SubmitOutcome.JarUnusable.class,
            unusable -> assertThat(unusable.reason()).contains(jar.toString(), "can't be read"));
    assertThat(stub.requests()).isEmpty();
  }

  @Test
  void takesBackJarThatChangedWhileItWasUploaded() {
    stub.on("GET /jars", 200, "{\"files\":[]}");
    stub.on(
        "POST /jars/upload",
        exchange -> {
          Files.writeString(jar, "something else");
          StubFlink.json(200, "{\"filename\":\"/tmp/u1_jar\"}").handle(exchange);
        });
    stub.on("DELETE /jars/u1_jar", 200, "{}");

    assertThat(submit()).isInstanceOf(SubmitOutcome.JarUnusable.class);
    assertThat(stub.requests()).endsWith("POST /jars/upload", "DELETE /jars/u1_jar");
  }

  private void givenJarHeld() {
    stub.on(
        "GET /jars",
        200,
        "{\"files\":[{\"id\":\"u1_jar\",\"name\":\"" + digest + "-anything.jar\"}]}");
  }

  private void givenUploadWorks() {
    stub.on("POST /jars/upload", 200, "{\"filename\":\"/tmp/flink-web-upload/u1_jar\"}");
  }

  private SubmitOutcome submit() {
    return submit(submission(Optional.empty(), Map.of()));
  }

  private SubmitOutcome submit(Submission submission) {
    return stub.cluster().submit(submission);
  }

  private Submission submission(Optional<String> restorePath, Map<String, String> configuration) {
    Job job =
        new Job(
            new JobName("averaging"),
            new ClusterName("main"),
            "averaging",
            jar,
            Optional.of("a.Main"),
            List.of("--a", "b c"),
            OptionalInt.of(3),
            configuration);
    return new Submission(RUN, job, digest, restorePath, true);
  }
}
