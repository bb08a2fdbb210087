package io.savepointd.scrub;

import io.savepointd.model.JobName;
import io.savepointd.model.Savepoint;
import io.savepointd.model.TriggerId;
import io.savepointd.storage.SavepointStore;
import io.savepointd.storage.StorageUnavailable;
import io.savepointd.storage.Stored;
import io.savepointd.storage.Verification;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A store whose DataNodes are down for some savepoints, while its NameNode answers. */
record HalfBlindStore(SavepointStore real, Predicate<String> outOfReach) implements SavepointStore {
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
    return real.anythingUnder(job);
  }

  @Override
  public List<String> savepointsIn(String directory) throws StorageUnavailable {
    return real.savepointsIn(directory);
  }

  @Override
  public Verification verify(String path) throws StorageUnavailable {
    if (outOfReach.test(path)) {
      throw new StorageUnavailable("could not verify " + path, new IOException("DataNode down"));
    }
    return real.verify(path);
  }

  @Override
  public Verification verifyDeep(String path) throws StorageUnavailable {
    return verify(path);
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
