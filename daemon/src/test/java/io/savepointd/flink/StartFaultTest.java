package io.savepointd.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartFaultTest {
  @Test
  void namesTheOperatorThatIsNoLongerThere() {
    assertThat(
            StartFault.of(
                "IllegalStateException: Failed to rollback to checkpoint/savepoint hdfs:/s/sp-1."
                    + " Cannot map checkpoint/savepoint state for operator"
                    + " 20ba6b65f97481d5570070de90e4e791 to the new program, because the operator"
                    + " is not available in the new program. If you want to allow to skip this, you"
                    + " can set the --allowNonRestoredState option on the CLI."))
        .isEqualTo(
            new StartFault.IncompatibleState(Optional.of("20ba6b65f97481d5570070de90e4e791")));
  }

  @Test
  void namesTheOperatorWhoseParallelismCannotBe() {
    assertThat(
            StartFault.of(
                "Failed to rollback to checkpoint/savepoint hdfs:/s/sp-1. Max parallelism mismatch"
                    + " between checkpoint/savepoint state and new program. Cannot map operator"
                    + " 20ba6b65f97481d5570070de90e4e791 with max parallelism 128 to new program"
                    + " with max parallelism 64."))
        .isEqualTo(
            new StartFault.IncompatibleState(Optional.of("20ba6b65f97481d5570070de90e4e791")));
  }

  @Test
  void namesTheOperatorWhoseStateCannotBeRead() {
    assertThat(
            StartFault.of(
                "FlinkException: Could not restore keyed state backend for"
                    + " KeyedProcessOperator_20ba6b65f97481d5570070de90e4e791_(1/1) from any of the"
                    + " 1 provided restore options.; StateMigrationException: For heap backends,"
                    + " the new state serializer (A) must not be incompatible with the old state"
                    + " serializer (B)."))
        .isEqualTo(new StartFault.IncompatibleState(Optional.of("KeyedProcessOperator")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NoResourceAvailableException: Could not acquire the minimum required resources.",
        "Slot request bulk is not fulfillable! Could not allocate the required slot within slot"
            + " request timeout"
      })
  void knowsThatSlotsAreMissing(String reason) {
    assertThat(StartFault.of(reason)).isEqualTo(new StartFault.NoSlots());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ConnectException: Call From a/10.0.0.1 to nn:9000 failed on connection exception:"
            + " java.net.ConnectException: Connection refused",
        "RemoteException: org.apache.hadoop.hdfs.server.namenode.SafeModeException: in safe mode",
        "BlockMissingException: Could not obtain block BP-1:blk_1"
      })
  void knowsThatTheStorageWasUnreachable(String reason) {
    assertThat(StartFault.of(reason)).isEqualTo(new StartFault.StorageUnreachable());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "NullPointerException", "IllegalArgumentException: must not be negative"})
  void leavesAllElseOpen(String reason) {
    assertThat(StartFault.of(reason)).isEqualTo(new StartFault.Other());
  }
}
