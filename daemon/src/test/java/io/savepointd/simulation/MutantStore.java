package io.savepointd.simulation;

import io.savepointd.model.JobName;
import io.savepointd.model.Savepoint;
import io.savepointd.model.TriggerId;
import io.savepointd.storage.ForwardingStore;
import io.savepointd.storage.SavepointStore;
import io.savepointd.storage.StorageUnavailable;
import io.savepointd.storage.Verification;
import java.util.List;

/** The storage as a faulty daemon would handle it. */
final class MutantStore extends ForwardingStore {
  private final Mutation mutation;

  MutantStore(SavepointStore real, Mutation mutation) {
    super(real);
    this.mutation = mutation;
  }

  @Override
  public boolean anythingUnder(JobName job) throws StorageUnavailable {
    return mutation != Mutation.FORGETS_HISTORY && super.anythingUnder(job);
  }

  @Override
  public List<String> checkpointsIn(String directory) throws StorageUnavailable {
    return mutation == Mutation.OVERLOOKS_CHECKPOINTS ? List.of() : super.checkpointsIn(directory);
  }

  @Override
  public Verification verify(String path) throws StorageUnavailable {
    Verification verified = super.verify(path);
    return mutation == Mutation.VERIFIES_NOTHING
        ? new Verification.Good(1, 1, List.of(), 1)
        : verified;
  }

  @Override
  public void delete(Savepoint savepoint) throws StorageUnavailable {
    if (mutation != Mutation.FORGETS_TO_DELETE) {
      super.delete(savepoint);
    }
  }

  @Override
  public void deleteTrigger(JobName job, TriggerId trigger) throws StorageUnavailable {
    if (mutation != Mutation.FORGETS_TO_DELETE) {
      super.deleteTrigger(job, trigger);
    }
  }
}
