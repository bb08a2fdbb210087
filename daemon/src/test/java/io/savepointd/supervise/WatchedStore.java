package io.savepointd.supervise;

import io.savepointd.ledger.Event;
import io.savepointd.model.Savepoint;
import io.savepointd.storage.FakeSavepointStore;
import io.savepointd.storage.ForwardingStore;
import io.savepointd.storage.StorageUnavailable;

/** The fake store, with every deletion reported. */
final class WatchedStore extends ForwardingStore {
  private final Effects effects;

  WatchedStore(FakeSavepointStore store, Effects effects) {
    super(store);
    this.effects = effects;
  }

  @Override
  public void delete(Savepoint savepoint) throws StorageUnavailable {
    effects.happens(
        "delete " + savepoint.id(),
        e -> e instanceof Event.SavepointExpired x && x.savepoint().equals(savepoint.id()));
    super.delete(savepoint);
  }
}
