package io.savepointd.ledger;

import io.savepointd.model.Origin;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A process of its own that holds a ledger until it is killed, for tests that stop or kill it. Says
 * {@code ready} once it holds it with one run on it, and {@code lost} when it has lost it.
 */
final class LedgerVictim {
  private LedgerVictim() {}

  /** Takes the storage root and the heartbeat in milliseconds. */
  @SuppressWarnings("SystemOut") // Its output is what the test waits for.
  public static void main(String[] args) throws Exception {
    LedgerDirectory directory =
        LedgerDirectory.at(
            URI.create(args[0]),
            Optional.empty(),
            new LedgerSettings(
                Duration.ofMillis(Long.parseLong(args[1])), Duration.ofSeconds(5), 1 << 20, 0),
            new LocalLocks(),
            OwnerIdentity.ofThisProcess("victim"),
            Clock.systemUTC());
    Ledger ledger = directory.tryOpen(lost -> System.out.println("lost"));
    ledger.append(List.of(SampleEvents.intended(1, new Origin.Empty(), 0)));
    System.out.println("ready");
    int end = System.in.read();
    System.out.println("end of input " + end);
  }
}
