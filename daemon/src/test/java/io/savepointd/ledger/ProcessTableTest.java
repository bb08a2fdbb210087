package io.savepointd.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProcessTableTest {
  private static final Owner SELF = owner("boot", "pid:[1]", 10, 1_000_000);

  @Test
  void aProcessThatIsNotThereIsDead() {
    assertThat(table(true, Map.of()).knownDead(SELF, owner("boot", "pid:[1]", 7, 1))).isTrue();
  }

  @Test
  void aProcessThatIsThereIsAlive() {
    ProcessTable table = table(true, Map.of(7L, 500_000L));

    assertThat(table.knownDead(SELF, owner("boot", "pid:[1]", 7, 500_000))).isFalse();
  }

  @Test
  void aProcessThatStartedAtAnotherTimeIsAnotherOne() {
    ProcessTable table = table(true, Map.of(7L, 500_000L));

    assertThat(table.knownDead(SELF, owner("boot", "pid:[1]", 7, 400_000))).isTrue();
  }

  @Test
  void aStartReadAfterTheClockWasSetALittleIsStillTheSame() {
    ProcessTable table = table(true, Map.of(7L, 500_000L));

    assertThat(table.knownDead(SELF, owner("boot", "pid:[1]", 7, 498_000))).isFalse();
  }

  @Test
  void nothingIsKnownOfAnotherMachineBootOrContainer() {
    ProcessTable table = table(true, Map.of());

    assertThat(table.knownDead(SELF, owner("other", "pid:[1]", 7, 1))).isFalse();
    assertThat(table.knownDead(SELF, owner("boot", "pid:[2]", 7, 1))).isFalse();
  }

  @Test
  void nothingIsKnownWhereProcIsSilent() {
    Owner nobody = owner("", "", 7, 1);

    assertThat(table(true, Map.of()).knownDead(nobody, nobody)).isFalse();
  }

  @Test
  void nothingIsKnownWhereProcessesAreHidden() {
    assertThat(table(false, Map.of()).knownDead(SELF, owner("boot", "pid:[1]", 7, 1))).isFalse();
  }

  @Test
  void theSystemsTableKnowsThisProcess() {
    ProcessTable table = ProcessTable.system();
    Owner self = OwnerIdentity.ofThisProcess("0.1.0");

    assertThat(table.alive(self.pid())).isTrue();
    assertThat(table.startedAt(self.pid())).hasValue(self.processStartedAt());
    assertThat(table.knownDead(self, self)).isFalse();
  }

  private static Owner owner(String boot, String namespace, long pid, long startedAt) {
    return new Owner("id", "host", boot, namespace, pid, startedAt, "0.1.0");
  }

  static ProcessTable table(boolean complete, Map<Long, Long> starts) {
    return new ProcessTable() {
      @Override
      public boolean complete() {
        return complete;
      }

      @Override
      public boolean alive(long pid) {
        return starts.containsKey(pid);
      }

      @Override
      public OptionalLong startedAt(long pid) {
        return OptionalLong.of(starts.get(pid));
      }
    };
  }
}
