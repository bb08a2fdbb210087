package io.savepointd.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalLedgerIT {
  @TempDir Path root;

  @Test
  void aKilledOwnersLedgerIsTakenAtOnceWithAllItAppended() throws Exception {
    try (VictimProcess victim = VictimProcess.start(root.toUri().toString(), 1000)) {
      victim.awaitLine("ready");
      assertThatThrownBy(this::open)
          .isInstanceOfSatisfying(
              LedgerHeld.class, e -> assertThat(e.owner().pid()).isEqualTo(victim.pid()));
      assertThat(directory().read().owner().map(Owner::pid)).contains(victim.pid());

      victim.kill();

      assertThat(directory().read().owner()).isEmpty();
      try (Ledger ledger = open()) {
        assertThat(ledger.history().of(SampleEvents.JOB).runs()).hasSize(1);
      }
    }
  }

  private Ledger open() throws LedgerHeld, IOException {
    return directory().tryOpen(lost -> {});
  }

  private LedgerDirectory directory() throws IOException {
    return LedgerDirectory.at(
        root.toUri(),
        Optional.empty(),
        new LedgerSettings(Duration.ofSeconds(1), Duration.ofSeconds(5), 1 << 20, 0),
        new LocalLocks(),
        OwnerIdentity.ofThisProcess("test"),
        Clock.systemUTC());
  }
}
