package io.savepointd.ledger;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/** How one process of a simulated world comes to a ledger: the real one, without a thread. */
public final class SimulatedLedgers {
  private final SimulatedDisk.Client client;
  private final LedgerDirectory directory;
  private Optional<SegmentedLedger> latest = Optional.empty();

  /** For {@code self}, which sees the processes of its own machine. */
  public SimulatedLedgers(
      SimulatedDisk disk,
      SimulatedDisk.Client client,
      LedgerSettings settings,
      Owner self,
      Clock clock,
      LongPredicate alive) {
    this.client = client;
    this.directory =
        new LedgerDirectory(
            new LedgerContext(
                disk.storeOf(client),
                settings,
                disk.codec(),
                self,
                new Processes(alive),
                clock,
                new Time()),
            this::begin);
  }

  /** As {@link LedgerDirectory#tryOpen}. */
  public Ledger tryOpen(Consumer<LedgerLost> onLost) throws LedgerHeld, IOException {
    return directory.tryOpen(onLost);
  }

  /** What the disk says now. */
  public History read() throws IOException {
    return directory.read().history();
  }

  /** The owner's sign of life, which is how it notices that it is the owner no more. */
  public void beat() {
    latest.filter(Ledger::held).ifPresent(ledger -> ledger.turn(Duration.ZERO));
  }

  private SegmentedLedger begin(
      LedgerContext context, SegmentStream stream, History history, Consumer<LedgerLost> onLost) {
    SegmentedLedger ledger = SegmentedLedger.unthreaded(context, stream, history, onLost);
    latest = Optional.of(ledger);
    return ledger;
  }

  private record Processes(LongPredicate living) implements ProcessTable {
    @Override
    public boolean complete() {
      return true;
    }

    @Override
    public boolean alive(long pid) {
      return living.test(pid);
    }

    @Override
    public OptionalLong startedAt(long pid) {
      return OptionalLong.empty();
    }
  }

  private final class Time implements MonotonicTime {
    @Override
    public long nanos() {
      return client.nanos();
    }

    @Override
    public void pause(Duration duration) {
      client.pause(duration);
    }
  }
}
