package io.savepointd.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.flink.ClusterFacts;
import io.savepointd.ledger.Event;
import io.savepointd.model.ClusterName;
import io.savepointd.model.JobName;
import io.savepointd.model.Origin;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job whose run isn't on the cluster that its configuration names. */
class MovedRunTest {
  @TempDir private Path directory;
  private FakeWorld world;

  @BeforeEach
  void itsRunIsElsewhere() throws IOException {
    world = new FakeWorld(directory);
    world.cluster.facts = new ClusterFacts("2.3.0", 1, 2, 0);
    world.cluster.runs("averaging");
    world.happened(
        new Event.RunAdopted(
            FakeProbe.NOW,
            new JobName("averaging"),
            world.cluster.runs.get(0).id(),
            new ClusterName("other"),
            new Origin.Empty()));
  }

  @Test
  void isLookedForThereAndTold() throws IOException {
    world.more =
        """
        savepointd.clusters.other.rest = "http://localhost:2"
        savepointd.jobs.averaging.cluster = main
        """;

    Verdict verdict = world.verdict("job averaging run");

    assertThat(verdict.word()).isEqualTo("warn");
    assertThat(verdict.found())
        .contains("RUNNING", "on cluster other, and the configuration says main");
    assertThat(verdict.remedy()).contains("put `cluster = other`");
    assertThat(world.verdict("cluster main slots").word()).isEqualTo("ok");
  }

  @Test
  void isMissedWhereThatClusterIsNotConfigured() throws IOException {
    Verdict verdict = world.verdict("job averaging run");

    assertThat(verdict.word()).isEqualTo("FAIL");
    assertThat(verdict.found()).contains("its run is on cluster other");
    assertThat(verdict.remedy()).contains("put that cluster back");
  }
}
