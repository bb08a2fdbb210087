package io.savepointd.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.savepointd.model.ClusterName;
import io.savepointd.model.Job;
import io.savepointd.model.JobName;
import io.savepointd.model.RunId;
import io.savepointd.model.RunState;
import io.savepointd.model.SavepointFormat;
import io.savepointd.model.TriggerId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class FakeFlinkClusterTest extends FakeFlinkClusterContract {
  private static final RunId RUN = new RunId("0".repeat(31) + "1");
  private static final TriggerId TRIGGER = new TriggerId("0".repeat(31) + "2");

  @Override
  protected FlinkCluster cluster() {
    return fake;
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
