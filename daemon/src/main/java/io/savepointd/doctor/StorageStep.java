package io.savepointd.doctor;

import io.savepointd.storage.StorageFault;
import java.io.IOException;
import java.util.List;

/** A check that is one step of the storage's probe. */
final class StorageStep implements Check {
  private final String name;
  private final List<String> needs;
  private final List<String> after;
  private final Seen<Storage> storage;
  private final StorageRemedies remedies;
  private final Step step;

  /** What is tried, and what is made of it. */
  interface Step {
    Verdict on(Storage storage) throws StorageFault;
  }

  StorageStep(
      String name,
      List<String> needs,
      List<String> after,
      Seen<Storage> storage,
      StorageRemedies remedies,
      Step step) {
    this.name = name;
    this.needs = needs;
    this.after = after;
    this.storage = storage;
    this.remedies = remedies;
    this.step = step;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> needs() {
    return needs;
  }

  @Override
  public List<String> after() {
    return after;
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
