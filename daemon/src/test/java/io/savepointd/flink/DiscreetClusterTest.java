package io.savepointd.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.model.Redaction;
import io.savepointd.model.RunId;
import io.savepointd.model.RunState;
import io.savepointd.model.SavepointFormat;
import io.savepointd.model.TriggerId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A cluster like any other, but for the secrets in its words. */
class DiscreetClusterTest extends FakeFlinkClusterContract {
  private static final RunId RUN = new RunId("0".repeat(31) + "1");
  private static final TriggerId TRIGGER = new TriggerId("0".repeat(31) + "2");

  private final FlinkCluster discreet =
      new DiscreetCluster(fake, new Redaction(List.of("hunter2")));

  @Override
  protected FlinkCluster cluster() {
    return discreet;
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
