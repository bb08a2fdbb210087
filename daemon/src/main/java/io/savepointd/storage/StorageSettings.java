package io.savepointd.storage;

import java.util.Optional;

/**
 * Where savepoints and the ledger lie.
 *
 * @param root a URI with a scheme ({@code hdfs://namenode:9000/flink-savepoints}, {@code
 *     file:///…}); left out: the cluster's own savepoint directory
 * @param kerberos how the storage is told who we are, where it asks for Kerberos; left out: by the
 *     ticket cache of the process's user
 */
public record StorageSettings(Optional<String> root, Optional<KerberosSettings> kerberos) {
  /** Without a keytab. */
  public StorageSettings(Optional<String> root) {
    this(root, Optional.empty());
  }
}
