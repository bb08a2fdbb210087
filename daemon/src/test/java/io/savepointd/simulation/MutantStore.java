package io.savepointd.simulation;

import io.savepointd.model.JobName;
import io.savepointd.model.Savepoint;
import io.savepointd.model.TriggerId;
import io.savepointd.storage.SavepointStore;
import io.savepointd.storage.StorageUnavailable;
import io.savepointd.storage.Stored;
import io.savepointd.storage.Verification;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The storage as a faulty daemon would handle it. */
final class MutantStore implements SavepointStore {
  private final SavepointStore real;
  private final Mutation mutation;

  MutantStore(SavepointStore real, Mutation mutation) {
    this.real = real;
    this.mutation = mutation;
  }

  @Override
  public String root() {
    return real.root();
  }

  @Override
  public String directoryOf(JobName job, TriggerId trigger) {
    return real.directoryOf(job, trigger);
  }

  @Override
  public boolean anythingUnder(JobName job) throws StorageUnavailable {
    return mutation != Mutation.FORGETS_HISTORY && real.anythingUnder(job);
  }

  @Override
  public List<String> savepointsIn(String directory) throws StorageUnavailable {
    return real.savepointsIn(directory);
  }

  @Override
  public Verification verify(String path) throws StorageUnavailable {
    Verification verified = real.verify(path);
    return mutation == Mutation.VERIFIES_NOTHING
        ? new Verification.Good(1, 1, List.of())
        : verified;
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
    if (mutation != Mutation.FORGETS_TO_DELETE) {
      real.delete(savepoint);
    }
  }

  @Override
  public void deleteTrigger(JobName job, TriggerId trigger) throws StorageUnavailable {
    if (mutation != Mutation.FORGETS_TO_DELETE) {
      real.deleteTrigger(job, trigger);
    }
  }

  @Override
  public void close() {
    real.close();
  }
}
