package io.savepointd.supervise;

import io.savepointd.ledger.Event;
import io.savepointd.model.JobName;
import io.savepointd.model.Savepoint;
import io.savepointd.model.TriggerId;
import io.savepointd.storage.FakeSavepointStore;
import io.savepointd.storage.SavepointStore;
import io.savepointd.storage.StorageUnavailable;
import io.savepointd.storage.Stored;
import io.savepointd.storage.Verification;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The fake store, with every deletion reported. */
final class WatchedStore implements SavepointStore {
  private final FakeSavepointStore store;
  private final Effects effects;

  WatchedStore(FakeSavepointStore store, Effects effects) {
    this.store = store;
    this.effects = effects;
  }

  @Override
  public String root() {
    return store.root();
  }

  @Override
  public String directoryOf(JobName job, TriggerId trigger) {
    return store.directoryOf(job, trigger);
  }

  @Override
  public boolean anythingUnder(JobName job) throws StorageUnavailable {
    return store.anythingUnder(job);
  }

  @Override
  public List<String> savepointsIn(String directory) throws StorageUnavailable {
    return store.savepointsIn(directory);
  }

  @Override
  public Verification verify(String path) throws StorageUnavailable {
    return store.verify(path);
  }

  @Override
  public Verification verifyDeep(String path) throws StorageUnavailable {
    return store.verifyDeep(path);
  }

  @Override
  public Optional<Instant> writtenAt(String path) throws StorageUnavailable {
    return store.writtenAt(path);
  }

  @Override
  public List<Stored> survey() throws StorageUnavailable {
    return store.survey();
  }

  @Override
  public void deleteTrigger(JobName job, TriggerId trigger) throws StorageUnavailable {
    store.deleteTrigger(job, trigger);
  }

  @Override
  public void delete(Savepoint savepoint) throws StorageUnavailable {
    effects.happens(
        "delete " + savepoint.id(),
        e -> e instanceof Event.SavepointExpired x && x.savepoint().equals(savepoint.id()));
    store.delete(savepoint);
  }

  @Override
  public void close() {
    store.close();
  }
}
