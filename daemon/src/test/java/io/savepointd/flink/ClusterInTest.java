package io.savepointd.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.flink.program.ProgramJar;
import io.savepointd.model.ClusterName;
import io.savepointd.model.Ids;
import io.savepointd.model.Job;
import io.savepointd.model.JobName;
import io.savepointd.model.RunId;
import io.savepointd.model.RunState;
import io.savepointd.model.SavepointFormat;
import io.savepointd.model.TriggerId;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the cases of {@link FlinkClusterContract} are told with. */
abstract class ClusterInTest {
  protected final Ids ids = new Ids(new SecureRandom());
  protected Path jar;

  /** The cluster under test, with a program of two tasks in every jar. */
  protected abstract FlinkCluster cluster();

  /** Passes once the assertion does; may wait for a real cluster. */
  protected abstract void eventually(ThrowingCallable assertion);

  /** A target directory for a trigger. */
  protected abstract String targetOf(TriggerId trigger);

  /** Makes the next submission of a job with an entry class of that name be refused. */
  protected abstract void expectRefusal(String entryClass);

  /** Makes sure that there is no savepoint at that path. */
  protected abstract String missing(String path);

  /** How many jars the cluster holds. */
  protected abstract int jarsHeld() throws IOException;

  /** What the cluster was configured with. */
  protected abstract Optional<String> configuredSavepointDirectory();

  @BeforeEach
  void packProgram(@TempDir Path directory) throws IOException {
    jar = ProgramJar.write(directory.resolve("program.jar"), "first");
  }

  @AfterEach
  void endRuns() throws IOException {
    for (RunSeen run : cluster().overview()) {
      if (!run.state().globallyTerminal()) {
        cluster().cancel(run.id());
      }
    }
    eventually(
        () -> assertThat(cluster().overview()).allMatch(run -> run.state().globallyTerminal()));
  }

  protected RunId started(Optional<String> restorePath) throws IOException {
    RunId run = ids.newRun();
    assertThat(submit(run, job(), restorePath)).isInstanceOf(SubmitOutcome.Accepted.class);
    eventually(() -> assertThat(cluster().find(run)).get().matches(RunSeen::allTasksRunning));
    return run;
  }

  protected void cancelled(RunId run) throws IOException {
    cluster().cancel(run);
    eventually(
        () -> assertThat(cluster().find(run).map(RunSeen::state)).contains(RunState.CANCELED));
  }

  /** Triggers, and waits for the savepoint's path. */
  protected String savepoint(RunId run, TriggerId trigger) {
    assertThat(cluster().trigger(run, trigger, targetOf(trigger), SavepointFormat.CANONICAL))
        .isInstanceOf(TriggerReply.Accepted.class);
    eventually(
        () ->
            assertThat(cluster().outcome(run, trigger))
                .isInstanceOf(TriggerOutcome.Completed.class));
    return ((TriggerOutcome.Completed) cluster().outcome(run, trigger)).path();
  }

  protected SubmitOutcome submit(RunId run, Job job, Optional<String> restorePath)
      throws IOException {
    return cluster().submit(new Submission(run, job, JarDigest.of(job.jar()), restorePath, false));
  }

  protected Job job() {
    return job(Optional.empty(), List.of("50"), Map.of());
  }

  protected Job job(
      Optional<String> entryClass, List<String> args, Map<String, String> configuration) {
    return new Job(
        new JobName("counting"),
        new ClusterName("test"),
        "counting",
        jar,
        entryClass,
        args,
        OptionalInt.of(1),
        configuration);
  }
}
