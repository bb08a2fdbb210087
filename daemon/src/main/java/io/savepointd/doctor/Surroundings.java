package io.savepointd.doctor;

import io.savepointd.flink.ClusterProbe;
import io.savepointd.ledger.LedgerView;
import io.savepointd.model.ClusterName;
import io.savepointd.storage.KerberosCheck;
import io.savepointd.storage.StorageProbe;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** The world of one configuration, as a daemon with it would find it. Every call may block. */
public interface Surroundings extends AutoCloseable {
  /** The machine and this process on it. */
  Machine machine();

  /** The storage root, asked of the clusters if it isn't configured. */
  String root() throws IOException;

  /** Tries out that root; to be closed. */
  StorageProbe storage(String root) throws IOException;

  /** Whether the daemon could log in to HDFS; may block for as long as the KDC is silent. */
  KerberosCheck.Result login() throws IOException;

  /** Reads the ledger below that root without taking anything from its owner. */
  LedgerView ledger(String root) throws IOException;

  /** One of the configured clusters. */
  ClusterProbe cluster(ClusterName name);

  /** Where a daemon listens. */
  Path socket();

  /** Who listens on the socket; empty if nobody does. */
  Optional<DaemonSeen> daemon() throws IOException;

  /** Whose socket lies there, with a daemon behind it or not. */
  Optional<String> daemonsUser();

  /** This machine's clock. */
  Clock clock();

  /** This command's own version. */
  String version();

  /** Lets go of what was opened on the way. */
  @Override
  void close();

  /**
   * A daemon that answers.
   *
   * @param standing as {@code status} says it, such as {@code active}
   * @param detail why, in words; empty while all is well
   */
  record DaemonSeen(String standing, String version, String detail) {}
}
