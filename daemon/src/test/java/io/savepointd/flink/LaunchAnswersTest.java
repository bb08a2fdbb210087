package io.savepointd.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.model.RunId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LaunchAnswersTest {
  private static final RunId RUN = new RunId("0".repeat(31) + "1");
  private static final String BANNER =
      """
      WARNING: something

      ------------------------------------------------------------
       The program finished with the following exception:

      """;

  private static SubmitOutcome failed(String trace) {
    return LaunchAnswers.outcome(1, BANNER + trace.replace("|", "\n"), RUN);
  }

  @Test
  void takesTheRunsOwnIdForAnAnswerAndNoOther() {
    String said = "Job has been submitted with JobID ";

    assertThat(LaunchAnswers.outcome(0, "x\n" + said + RUN + "\n", RUN))
        .isEqualTo(new SubmitOutcome.Accepted());
    assertThat(LaunchAnswers.outcome(0, said + "0".repeat(31) + "2", RUN))
        .isInstanceOf(SubmitOutcome.Unknown.class);
    assertThat(LaunchAnswers.outcome(0, "", RUN)).isInstanceOf(SubmitOutcome.Unknown.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 127, 137})
  void takesARunForAcceptedHoweverItsProgramEndsAfterwards(int code) {
    String said = "Job has been submitted with JobID " + RUN + "\n";

    assertThat(LaunchAnswers.outcome(code, said + BANNER + "a.b.Bad: a second execute()", RUN))
        .isEqualTo(new SubmitOutcome.Accepted());
    assertThat(LaunchAnswers.outcome(code, said, RUN)).isEqualTo(new SubmitOutcome.Accepted());
  }

  @ParameterizedTest
  @CsvSource({
    "'o.a.f.client.program.ProgramInvocationException: main failed|Caused by: a.b.Bad: no --host',"
        + " Refused",
    // The program's own connections are none of the cluster's.
    "'x.y.ProgramInvocationException: main failed|Caused by: java.net.ConnectException: my db',"
        + " Refused",
    "'a.b.JobExecutionException|Caused by: x.y.DuplicateJobSubmissionException: again', Duplicate",
    "'a.b.C: d|Caused by: x.y.DuplicateApplicationSubmissionException: again', Duplicate",
    "'a.b.JobSubmissionException: Failed to submit JobGraph.|Caused by:"
        + " org.apache.flink.runtime.rest.util.RestClientException: [Internal server error.,"
        + " <Exception on server side:|a.b.JobSubmissionException: bad|End of exception on server"
        + " side>]', Refused",
    "'a.b.JobSubmissionException: Failed to submit JobGraph.|Caused by:"
        + " org.apache.flink.runtime.rest.util.RestClientException: [<Exception on server"
        + " side:|a.b.AskTimeoutException: late', Unknown",
    "'a.b.JobSubmissionException: Failed to submit JobGraph.|Caused by: java.net.ConnectException:"
        + " refused', Unknown",
    "'a.b.C: d|Caused by: java.util.concurrent.TimeoutException|at"
        + " org.apache.flink.client.program.rest.RestClusterClient.submitJob(R.java:1)', Unknown",
    "'a.b.C: d|Caused by: org.apache.flink.runtime.client.JobInitializationException: no"
        + " savepoint|at org.apache.flink.client.program.rest.RestClusterClient.x(R.java:1)',"
        + " Refused",
  })
  void tellsRefusalFromTrouble(String trace, String expected) {
    assertThat(failed(trace).getClass().getSimpleName()).isEqualTo(expected);
  }

  @Test
  void quotesTheInnermostCausesAndNotWhatWasPrintedBefore() {
    assertThat(failed("a.b.Outer: it failed|\tat a.b.C.d(C.java:1)|Caused by: a.b.Inner: why"))
        .isEqualTo(new SubmitOutcome.Refused("Outer: it failed; Inner: why"));
  }

  @Test
  void refusesAJarWithoutAProgram() {
    assertThat(LaunchAnswers.outcome(1, "x\nCould not build the program from JAR file: y", RUN))
        .isEqualTo(new SubmitOutcome.Refused("Could not build the program from JAR file: y"));
  }

  @Test
  void refusesArgumentsThatFlinkDoesNotUnderstand() {
    assertThat(
            LaunchAnswers.outcome(
                1,
                """
                Unrecognized option: --nonsense

                Use the help option (-h or --help) to get help on the command.
                """,
                RUN))
        .isInstanceOfSatisfying(
            SubmitOutcome.Refused.class,
            refused -> assertThat(refused.reason()).contains("Unrecognized option: --nonsense"));
  }

  @Test
  void knowsThatNothingWasSentByAJavaThatIsNotThere() {
    assertThat(LaunchAnswers.outcome(127, "bin/flink: java:\n  not found\n", RUN))
        .isInstanceOfSatisfying(
            SubmitOutcome.NotSent.class,
            never -> {
              assertThat(never.reason()).endsWith("its last words: bin/flink: java: not found");
              assertThat(StartFault.of(never.reason())).isEqualTo(new StartFault.NotLaunched());
            });
    assertThat(LaunchAnswers.outcome(126, "", RUN)).isInstanceOf(SubmitOutcome.NotSent.class);
  }

  @Test
  void knowsNothingOfAProgramThatEndsLikeAShell() {
    String other = "Job has been submitted with JobID " + "2".repeat(32);

    assertThat(LaunchAnswers.outcome(127, other, RUN)).isInstanceOf(SubmitOutcome.Unknown.class);
    assertThat(LaunchAnswers.outcome(127, "x".repeat(5000), RUN))
        .isInstanceOf(SubmitOutcome.Unknown.class);
  }

  @Test
  void knowsNothingOfACommandThatDiedInOtherWords() {
    assertThat(LaunchAnswers.outcome(134, "a\n  core dump\n", RUN))
        .isEqualTo(
            new SubmitOutcome.Unknown(
                "flink run ended with exit code 134; its last words: a core dump"));
  }
}
