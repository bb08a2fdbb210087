package io.savepointd.doctor;

import io.savepointd.storage.StorageProbe;

/** The storage under examination, and what its checks have found so far. */
record Storage(
    StorageProbe probe,
    Seen<String> user,
    Seen<StorageProbe.Reached> reached,
    Seen<StorageProbe.Written> written) {
  static Storage under(StorageProbe probe) {
    return new Storage(probe, new Seen<>(), new Seen<>(), new Seen<>());
  }
}
