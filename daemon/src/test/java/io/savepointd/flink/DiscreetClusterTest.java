package io.savepointd.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.savepointd.model.ClusterName;
import io.savepointd.model.Redaction;
import io.savepointd.model.RunId;
import io.savepointd.model.RunState;
import io.savepointd.model.SavepointFormat;
import io.savepointd.model.TriggerId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cluster like any other, but for the secrets in its words. */
class DiscreetClusterTest extends FlinkClusterContract {
  private static final RunId RUN = new RunId("0".repeat(31) + "1");
  private static final TriggerId TRIGGER = new TriggerId("0".repeat(31) + "2");

  private final FakeFlinkCluster fake =
      new FakeFlinkCluster(
          new ClusterName("test"),
          Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC),
          directory -> directory + "/savepoint-000000-1");
  private final FlinkCluster discreet =
      new DiscreetCluster(fake, new Redaction(List.of("hunter2")));

  @BeforeEach
  void behaveLikeRealOne() {
    fake.readsJars(true);
    fake.completeSavepointsAtOnce(true);
    fake.savepointDirectory(configuredSavepointDirectory());
  }

  @Override
  protected FlinkCluster cluster() {
    return discreet;
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
  void doesNotTellWhatARefusedProgramQuotes() throws Exception {
    fake.faults().refuseNextSubmit("bad arguments: --password hunter2");

    assertThat(submit(RUN, job(), Optional.empty()))
        .isEqualTo(new SubmitOutcome.Refused("bad arguments: --password ******"));
  }

  @Test
  void doesNotTellWhatAFailedSavepointQuotes() throws Exception {
    fake.completeSavepointsAtOnce(false);
    RunId run = started(Optional.empty());
    discreet.trigger(run, TRIGGER, targetOf(TRIGGER), SavepointFormat.CANONICAL);

    fake.failSavepoint(TRIGGER, "http://u:other2@h says hunter2");

    assertThat(discreet.outcome(run, TRIGGER))
        .isEqualTo(new TriggerOutcome.Failed("http://******@h says ******"));
  }

  @Test
  void doesNotTellWhatARunDiedOf() throws Exception {
    DiscreetCluster dying = new DiscreetCluster(fake, new Redaction(List.of("killed")));
    RunId run = started(Optional.empty());

    fake.kill(run, RunState.FAILED);

    assertThat(dying.failureCause(run)).contains("fake: ******");
  }
}
