package io.savepointd.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.flink.program.ProgramJar;
import io.savepointd.model.Job;
import io.savepointd.model.RunId;
import io.savepointd.model.RunState;
import io.savepointd.model.SavepointFormat;
import io.savepointd.model.TriggerId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link FlinkCluster} does, a real one and the one in memory alike. */
abstract class FlinkClusterContract extends ClusterInTest {
  @Test
  void showsSubmittedRunWithAllItsTasks() throws IOException {
    RunId run = started(Optional.empty());

    RunSeen seen = cluster().find(run).orElseThrow();
    assertThat(seen.allTasksRunning()).isTrue();
    assertThat(seen.tasks()).isEqualTo(2);
    assertThat(seen.name()).isEqualTo("counting");
    assertThat(cluster().overview()).extracting(RunSeen::id).contains(run);
  }

  @Test
  void showsSubmittedRunInOverviewAtOnce() throws IOException {
    RunId run = ids.newRun();

    assertThat(submit(run, job(), Optional.empty())).isInstanceOf(SubmitOutcome.Accepted.class);

    assertThat(cluster().overview()).extracting(RunSeen::id).contains(run);
  }

  @Test
  void namesRunAsItsOwnConfigurationSays() throws IOException {
    RunId run = ids.newRun();
    Job renamed = job(Optional.empty(), List.of("50"), Map.of("pipeline.name", "other"));

    submit(run, renamed, Optional.empty());

    assertThat(cluster().find(run).orElseThrow().name()).isEqualTo("other");
  }

  @Test
  void answersDuplicateToSecondSubmissionOfLivingRun() throws IOException {
    RunId run = started(Optional.empty());

    assertThat(submit(run, job(), Optional.empty())).isInstanceOf(SubmitOutcome.Duplicate.class);

    assertThat(cluster().overview().stream().filter(seen -> seen.id().equals(run))).hasSize(1);
  }

  @Test
  void answersDuplicateToSecondSubmissionOfEndedRun() throws IOException {
    RunId run = started(Optional.empty());
    cancelled(run);

    assertThat(submit(run, job(), Optional.empty())).isInstanceOf(SubmitOutcome.Duplicate.class);
  }

  @Test
  void refusesProgramWithoutEntryClassAndSaysWhy() throws IOException {
    String entryClass = "io.savepointd.NoSuchProgram";
    expectRefusal(entryClass);
    RunId run = ids.newRun();

    SubmitOutcome outcome =
        submit(run, job(Optional.of(entryClass), List.of(), Map.of()), Optional.empty());

    assertThat(outcome).isInstanceOf(SubmitOutcome.Refused.class);
    assertThat(((SubmitOutcome.Refused) outcome).reason())
        .contains(entryClass)
        .doesNotContain("\n", "\tat ")
        .hasSizeLessThan(900);
    assertThat(cluster().find(run)).isEmpty();
  }

  @Test
  void burnsIdOfRunWhoseSavepointIsMissing() throws IOException {
    String path = missing(targetOf(ids.newTrigger()) + "/savepoint-none");
    RunId run = ids.newRun();

    SubmitOutcome outcome = submit(run, job(), Optional.of(path));

    assertThat(outcome).isInstanceOf(SubmitOutcome.Refused.class);
    assertThat(((SubmitOutcome.Refused) outcome).reason())
        .contains("Cannot find checkpoint or savepoint")
        .contains(path);
    assertThat(cluster().find(run).map(RunSeen::state)).contains(RunState.FAILED);
    assertThat(submit(run, job(), Optional.empty())).isInstanceOf(SubmitOutcome.Duplicate.class);
  }

  @Test
  void findsNothingUnderUnknownRun() throws IOException {
    RunId unknown = ids.newRun();

    assertThat(cluster().find(unknown)).isEmpty();
    assertThat(cluster().checkpoints(unknown)).isEmpty();
    assertThat(cluster().failureCause(unknown)).isEmpty();
    cluster().cancel(unknown);
  }

  @Test
  void completesSavepointUnderItsTargetDirectory() throws IOException {
    RunId run = started(Optional.empty());
    TriggerId trigger = ids.newTrigger();

    String path = savepoint(run, trigger);

    assertThat(path).startsWith(targetOf(trigger)).contains("savepoint-");
    eventually(
        () -> {
          CheckpointFacts facts = cluster().checkpoints(run).orElseThrow();
          assertThat(facts.savepoints()).containsExactly(path);
          assertThat(facts.savepointUnderWay()).isFalse();
        });
  }

  @Test
  void stopsRunWithSavepointThatAnotherOneIsRestoredFrom() throws IOException {
    RunId run = started(Optional.empty());
    TriggerId trigger = ids.newTrigger();

    cluster().stop(run, trigger, targetOf(trigger), SavepointFormat.CANONICAL);
    eventually(
        () ->
            assertThat(cluster().outcome(run, trigger))
                .isInstanceOf(TriggerOutcome.Completed.class));
    String path = ((TriggerOutcome.Completed) cluster().outcome(run, trigger)).path();

    assertThat(path).startsWith(targetOf(trigger));
    eventually(
        () -> assertThat(cluster().find(run).map(RunSeen::state)).contains(RunState.FINISHED));
    started(Optional.of(path));
  }

  @Test
  void takesOneSavepointForTriggerSentTwice() throws IOException {
    RunId run = started(Optional.empty());
    TriggerId trigger = ids.newTrigger();

    String path = savepoint(run, trigger);

    assertThat(savepoint(run, trigger)).isEqualTo(path);
  }

  @Test
  void saysThatUnknownTriggerWasNotFound() throws IOException {
    RunId run = started(Optional.empty());

    TriggerOutcome outcome = cluster().outcome(run, ids.newTrigger());

    assertThat(outcome).isInstanceOf(TriggerOutcome.Unknown.class);
    assertThat(((TriggerOutcome.Unknown) outcome).notFound()).isTrue();
  }

  @Test
  void failsSavepointOfEndedRun() throws IOException {
    RunId run = started(Optional.empty());
    cancelled(run);
    TriggerId trigger = ids.newTrigger();

    cluster().trigger(run, trigger, targetOf(trigger), SavepointFormat.CANONICAL);

    eventually(
        () ->
            assertThat(cluster().outcome(run, trigger)).isInstanceOf(TriggerOutcome.Failed.class));
  }

  @Test
  void cancelsRunAndTakesSecondCancelInItsStride() throws IOException {
    RunId run = started(Optional.empty());

    cancelled(run);
    cluster().cancel(run);

    assertThat(cluster().find(run).map(RunSeen::state)).contains(RunState.CANCELED);
  }

  @Test
  void saysWhichSavepointRunWasRestoredFrom() throws IOException {
    RunId first = started(Optional.empty());
    String path = savepoint(first, ids.newTrigger());
    cancelled(first);

    RunId second = started(Optional.of(path));

    eventually(
        () ->
            assertThat(cluster().checkpoints(second).orElseThrow().restoredFrom()).contains(path));
  }

  @Test
  void saysThatFreshRunWasRestoredFromNothing() throws IOException {
    RunId run = started(Optional.empty());

    assertThat(cluster().checkpoints(run).orElseThrow().restoredFrom()).isEmpty();
  }

  @Test
  void holdsOneJarForEachContent() throws IOException {
    started(Optional.empty());
    int held = jarsHeld();

    started(Optional.empty());
    assertThat(jarsHeld()).isEqualTo(held);

    ProgramJar.write(jar, "second, under the same name");
    started(Optional.empty());
    assertThat(jarsHeld()).isEqualTo(held + 1);
  }

  @Test
  void sendsNothingOfJarThatIsNotTheAnnouncedOne() throws IOException {
    String announced = JarDigest.of(jar);
    ProgramJar.write(jar, "replaced since");
    RunId run = ids.newRun();

    SubmitOutcome outcome =
        cluster().submit(new Submission(run, job(), announced, Optional.empty(), false));

    assertThat(outcome).isInstanceOf(SubmitOutcome.JarUnusable.class);
    assertThat(((SubmitOutcome.JarUnusable) outcome).reason()).contains(jar.toString());
    assertThat(cluster().find(run)).isEmpty();
  }

  @Test
  void tellsOfItself() throws IOException {
    ClusterFacts facts = cluster().facts();

    assertThat(facts.flinkVersion()).isEqualTo("2.3.0");
    assertThat(facts.taskManagers()).isEqualTo(1);
    assertThat(facts.slotsTotal()).isEqualTo(8);
    assertThat(facts.slotsAvailable()).isBetween(0, 8);
    assertThat(cluster().savepointDirectory()).isEqualTo(configuredSavepointDirectory());
  }
}
