package io.savepointd.doctor;

import io.savepointd.storage.StorageProbe;
import java.io.IOException;
import java.util.List;

/** Which root it is, and that its file system can be opened; what follows tries it out. */
final class StorageRootCheck implements Check {
  static final String NAME = "storage root";

  private final Surroundings world;
  private final boolean configured;
  private final Seen<Storage> storage;
  private final StorageRemedies remedies;

  StorageRootCheck(
      Surroundings world, boolean configured, Seen<Storage> storage, StorageRemedies remedies) {
    this.world = world;
    this.configured = configured;
    this.storage = storage;
    this.remedies = remedies;
  }

  @Override
  public String name() {
    return NAME;
  }

  /** A second try with a key that the KDC refuses might have it lock the account. */
  @Override
  public List<String> needs() {
    return List.of(LoginCheck.NAME);
  }

  @Override
  public Verdict look() throws IOException {
    StorageProbe probe = world.storage(world.root());
    storage.put(Storage.under(probe));
    return new Verdict.Ok(probe.root() + (configured ? "" : ", the cluster's own"));
  }

  @Override
  public String remedy(IOException failure) {
    return configured ? remedies.of(failure) : "set savepointd.storage.root, or mend what is named";
  }
}
