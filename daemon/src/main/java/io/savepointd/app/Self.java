package io.savepointd.app;

import io.savepointd.ledger.LocalLocks;
import io.savepointd.ledger.Owner;
import io.savepointd.ledger.OwnerIdentity;
import io.savepointd.storage.HadoopLogin;
import io.savepointd.storage.StorageSettings;

/**
 * This process as a ledger's owner and a user of HDFS: one for its whole life, so that it knows its
 * own lost streams again and needn't wait for them to fall silent, and says only once what Flink a
 * cluster is.
 */
record Self(Owner owner, LocalLocks locks, HadoopLogin login, FlinkVersions versions) {
  /** With the one {@code locks} of this process; whoever calls this may close the login. */
  static Self of(Installation installation, LocalLocks locks, StorageSettings storage) {
    return new Self(
        OwnerIdentity.ofThisProcess(installation.version()),
        locks,
        new HadoopLogin(storage.kerberos(), installation.hadoopConfDir(), installation.clock()),
        new FlinkVersions());
  }
}
