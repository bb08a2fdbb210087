package io.savepointd.doctor;

import io.savepointd.storage.StorageFault;
import java.io.IOException;
import java.util.List;

/**
 * A check that is one step of the storage's probe.
 *
 * @param step what is tried, and what is made of it
 */
record StorageStep(
    String name,
    List<String> needs,
    List<String> after,
    Seen<Storage> storage,
    StorageRemedies remedies,
    Step step)
    implements Check {
  interface Step {
    Verdict on(Storage storage) throws StorageFault;
  }

  StorageStep {
    needs = List.copyOf(needs);
    after = List.copyOf(after);
  }

  @Override
  public Verdict look() throws IOException {
    return step.on(storage.need());
  }

  @Override
  public String remedy(IOException failure) {
    return remedies.of(failure);
  }
}
