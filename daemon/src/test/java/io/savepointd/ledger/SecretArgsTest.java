package io.savepointd.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.model.ClusterName;
import io.savepointd.model.JobName;
import io.savepointd.model.Origin;
import io.savepointd.model.RunId;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The ledger says what a run was started with, but not the passwords among it. */
class SecretArgsTest {
  @Test
  void neverComeToTheLedger() {
    Event.RunIntended intended =
        new Event.RunIntended(
            Instant.EPOCH,
            new JobName("averaging"),
            new RunId("0".repeat(32)),
            new ClusterName("main"),
            new Origin.Empty(),
            "digest",
            List.of("--host", "h", "--password", "hunter2", "--url=http://u:hunter2@h"),
            OptionalInt.empty());

    assertThat(intended.launch().args())
        .containsExactly("--host", "h", "--password", "******", "--url=http://******@h");
    assertThat(intended.toString()).doesNotContain("hunter2");
  }
}
