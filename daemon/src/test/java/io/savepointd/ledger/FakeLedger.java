package io.savepointd.ledger;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A ledger in memory, with a switch for an append that fails. */
public final class FakeLedger implements Ledger {
  /** What outlives an owner: the events, and who holds them. */
  public static final class Medium {
    private final List<Event.OfJob> events = new ArrayList<>();
    private Optional<FakeLedger> holder = Optional.empty();

    /** Every event that is durable, in order. */
    public synchronized List<Event.OfJob> events() {
      return List.copyOf(events);
    }

    /** Opens the ledger as {@code owner}, at once. */
    public synchronized FakeLedger open(Owner owner) throws LedgerHeld {
      if (holder.isPresent()) {
        throw new LedgerHeld(holder.get().owner);
      }
      FakeLedger ledger = new FakeLedger(this, owner);
      holder = Optional.of(ledger);
      return ledger;
    }

    /** Takes the ledger from its owner, which will notice at its next append. */
    public synchronized void fence() {
      holder = Optional.empty();
    }
  }

  /** What becomes of the events of an append that fails. */
  public enum Failure {
    /** They are on the ledger all the same. */
    DURABLE,
    /** They are not. */
    NOT_DURABLE
  }

  private final Medium medium;
  private final Owner owner;
  private Optional<Failure> failure = Optional.empty();
  private boolean held = true;
  private History history = History.empty();

  private FakeLedger(Medium medium, Owner owner) {
    this.medium = medium;
    this.owner = owner;
    medium.events.forEach(event -> history = history.apply(event));
  }

  /** A ledger on a medium of its own. */
  public static FakeLedger fresh() {
    try {
      return new Medium().open(new Owner("fake", "localhost", "", "", 1, 0, "test"));
    } catch (LedgerHeld e) {
      throw new IllegalStateException(e);
    }
  }

  /** The medium this is on. */
  public Medium medium() {
    return medium;
  }

  /** Makes the next append throw, and the ledger lost. */
  public void failNextAppend(Failure how) {
    synchronized (medium) {
      failure = Optional.of(how);
    }
  }

  @Override
  public History history() {
    synchronized (medium) {
      return history;
    }
  }

  @Override
  public void append(List<Event.OfJob> events) throws LedgerLost {
    synchronized (medium) {
      if (!held()) {
        held = false;
        throw new LedgerLost("the ledger was lost or closed before", null);
      }
      if (failure.isPresent()) {
        if (failure.get() == Failure.DURABLE) {
          medium.events.addAll(events);
        }
        held = false;
        medium.holder = Optional.empty();
        throw new LedgerLost("the test wanted it lost", new IOException("hsync failed"));
      }
      medium.events.addAll(events);
      events.forEach(event -> history = history.apply(event));
    }
  }

  @Override
  public void prove() throws LedgerLost {
    append(List.of());
  }

  @Override
  public boolean held() {
    synchronized (medium) {
      return held && medium.holder.filter(holder -> holder == this).isPresent();
    }
  }

  @Override
  public void close() {
    synchronized (medium) {
      if (held()) {
        medium.holder = Optional.empty();
      }
      held = false;
    }
  }
}
