package io.savepointd.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.savepointd.model.ClusterName;
import io.savepointd.model.Job;
import io.savepointd.model.JobName;
import io.savepointd.model.RunId;
import io.savepointd.model.RunState;
import io.savepointd.model.SavepointFormat;
import io.savepointd.model.TriggerId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FakeFlinkClusterTest extends FlinkClusterContract {
  private static final RunId RUN = new RunId("0".repeat(31) + "1");
  private static final TriggerId TRIGGER = new TriggerId("0".repeat(31) + "2");

  private final FakeFlinkCluster fake =
      new FakeFlinkCluster(
          new ClusterName("test"),
          Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC),
          directory -> directory + "/savepoint-000000-1");

  @BeforeEach
  void behaveLikeRealOne() {
    fake.readsJars(true);
    fake.completeSavepointsAtOnce(true);
    fake.savepointDirectory(configuredSavepointDirectory());
  }

  @Override
  protected FlinkCluster cluster() {
    return fake;
  }

  @Override
  protected void eventually(ThrowingCallable assertion) {
    fake.settle();
    assertThatCode(assertion).doesNotThrowAnyException();
  }

  @Override
  protected String targetOf(TriggerId trigger) {
    return "file:/savepoints/counting/" + trigger;
  }

  @Override
  protected void expectRefusal(String entryClass) {
    fake.faults().refuseNextSubmit("no entry class " + entryClass);
  }

  @Override
  protected String missing(String path) {
    fake.faults().lose(path);
    return path;
  }

  @Override
  protected int jarsHeld() {
    return fake.jars().size();
  }

  @Override
  protected Optional<String> configuredSavepointDirectory() {
    return Optional.of("file:/savepoints");
  }

  @Test
  void keepsSubmissionWhoseAnswerWasLostAfterItTookEffect() throws ClusterUnavailable {
    fake.readsJars(false);
    fake.faults().loseAnswerOfNextSubmit(true);

    assertThat(submit()).isInstanceOf(SubmitOutcome.Unknown.class);
    assertThat(fake.find(RUN)).isPresent();
    assertThat(submit()).isInstanceOf(SubmitOutcome.Duplicate.class);
  }

  @Test
  void hasNothingOfSubmissionThatGotLostOnItsWay() throws ClusterUnavailable {
    fake.readsJars(false);
    fake.faults().loseAnswerOfNextSubmit(false);

    assertThat(submit()).isInstanceOf(SubmitOutcome.Unknown.class);
    assertThat(fake.find(RUN)).isEmpty();
    assertThat(submit()).isInstanceOf(SubmitOutcome.Accepted.class);
  }

  @Test
  void answersNobodyWhileUnreachable() {
    fake.faults().unreachable(true);

    assertThatThrownBy(fake::overview).isInstanceOf(ClusterUnavailable.class);
    assertThat(fake.outcome(RUN, TRIGGER))
        .isEqualTo(new TriggerOutcome.Unknown("fake: not reachable", false));

    fake.faults().unreachable(false);
  }

  @Test
  void startsRunsStepByStepWhenAsked() throws ClusterUnavailable {
    fake.readsJars(false);
    fake.stepped(true);
    submit();
    assertThat(fake.find(RUN)).get().matches(run -> run.state() == RunState.CREATED);

    fake.settle();
    assertThat(fake.find(RUN)).get().matches(RunSeen::allTasksRunning);
  }

  @Test
  void keepsSavepointInProgressUntilItIsCompleted() {
    givenRunAndTriggerInProgress();
    assertThat(fake.outcome(RUN, TRIGGER)).isInstanceOf(TriggerOutcome.InProgress.class);

    fake.completeSavepoint(TRIGGER);
    assertThat(fake.outcome(RUN, TRIGGER))
        .isEqualTo(new TriggerOutcome.Completed("file:/d/savepoint-000000-1"));

    fake.expireOutcomes();
    assertThat(fake.outcome(RUN, TRIGGER))
        .isInstanceOfSatisfying(
            TriggerOutcome.Unknown.class, unknown -> assertThat(unknown.notFound()).isTrue());
  }

  @Test
  void failsSavepointInProgressWhenItsRunDies() {
    givenRunAndTriggerInProgress();

    fake.kill(RUN, RunState.FAILED);

    assertThat(fake.outcome(RUN, TRIGGER)).isInstanceOf(TriggerOutcome.Failed.class);
  }

  @Test
  void forgetsEverythingInRestartWithoutHighAvailability() throws ClusterUnavailable {
    givenRunAndTriggerInProgress();

    fake.restart(false);

    assertThat(fake.overview()).isEmpty();
    assertThat(fake.jars()).isEmpty();
    assertThat(fake.outcome(RUN, TRIGGER)).isInstanceOf(TriggerOutcome.Unknown.class);
    assertThat(submit()).isInstanceOf(SubmitOutcome.Accepted.class);
  }

  @Test
  void bringsRunBackFromItsOwnCheckpointWithHighAvailability() throws ClusterUnavailable {
    givenRunAndTriggerInProgress();

    fake.restart(true);

    assertThat(fake.find(RUN)).get().matches(RunSeen::allTasksRunning);
    assertThat(fake.checkpoints(RUN).orElseThrow().restoredFrom())
        .hasValueSatisfying(path -> assertThat(path).startsWith("ha:/"));
    assertThat(submit()).isInstanceOf(SubmitOutcome.Duplicate.class);
  }

  private void givenRunAndTriggerInProgress() {
    fake.readsJars(false);
    fake.completeSavepointsAtOnce(false);
    submit();
    fake.trigger(RUN, TRIGGER, "file:/d", SavepointFormat.CANONICAL);
  }

  private SubmitOutcome submit() {
    Job job =
        new Job(
            new JobName("counting"),
            new ClusterName("test"),
            "counting",
            Path.of("/nowhere.jar"),
            Optional.empty(),
            List.of(),
            OptionalInt.empty(),
            Map.of());
    return fake.submit(new Submission(RUN, job, "d1", Optional.empty(), false));
  }
}
