package io.savepointd.storage;

import io.savepointd.model.JobName;
import io.savepointd.model.Savepoint;
import io.savepointd.model.TriggerId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A store that hands every call on to another; its kinds change what they are there for. */
public abstract class ForwardingStore implements SavepointStore {
  private final SavepointStore real;

  /** Hands on to {@code real}. */
  protected ForwardingStore(SavepointStore real) {
    this.real = real;
  }

  @Override
  public String root() {
    return real.root();
  }

  @Override
  public String spelled(String path) {
    return real.spelled(path);
  }

  @Override
  public String directoryOf(JobName job, TriggerId trigger) {
    return real.directoryOf(job, trigger);
  }

  @Override
  public boolean anythingUnder(JobName job) throws StorageUnavailable {
    return real.anythingUnder(job);
  }

  @Override
  public List<String> savepointsIn(String directory) throws StorageUnavailable {
    return real.savepointsIn(directory);
  }

  @Override
  public List<String> checkpointsIn(String directory) throws StorageUnavailable {
    return real.checkpointsIn(directory);
  }

  @Override
  public Verification verify(String path) throws StorageUnavailable {
    return real.verify(path);
  }

  @Override
  public Verification verifyDeep(String path) throws StorageUnavailable {
    return real.verifyDeep(path);
  }

  @Override
  public Optional<Instant> writtenAt(String path) throws StorageUnavailable {
    return real.writtenAt(path);
  }

  @Override
  public List<Stored> survey() throws StorageUnavailable {
    return real.survey();
  }

  @Override
  public void delete(Savepoint savepoint) throws StorageUnavailable {
    real.delete(savepoint);
  }

  @Override
  public void deleteTrigger(JobName job, TriggerId trigger) throws StorageUnavailable {
    real.deleteTrigger(job, trigger);
  }

  @Override
  public void close() {
    real.close();
  }
}
