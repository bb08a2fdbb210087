package io.savepointd.storage;

import io.savepointd.model.ClockReading;
import io.savepointd.model.JobName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tries out, one by one, what savepoints and the ledger need of the storage, in a scratch directory
 * of its own below the root. Each call blocks, for some ten seconds where servers hang. Nothing
 * else under the root is touched.
 */
public interface StorageProbe extends AutoCloseable {
  /** The root, fully qualified. */
  String root();

  /** Who the file system takes this process for; asks no server. */
  Identity identity() throws StorageFault;

  /** Asks for the root itself. */
  Reached reach() throws StorageFault;

  /** Whether the NameNode takes no changes at the moment; never elsewhere. */
  boolean safeMode() throws StorageFault;

  /** Makes the scratch directory, writes a file in it, syncs it and reads it back. */
  Written write() throws StorageFault;

  /** Creates a file that is there already, which must be refused. */
  void createAgain() throws StorageFault;

  /** Renames a file, and sees it under its new name alone. */
  void rename() throws StorageFault;

  /** Appends to a closed file, and reads the whole. */
  void append() throws StorageFault;

  /** Tries what keeps two daemons apart: the lease of an open file, or on {@code file:} a lock. */
  Guard guard() throws StorageFault;

  /** Deletes the scratch directory, and sees that it is gone. */
  void delete() throws StorageFault;

  /** How much room there is. */
  Space space() throws StorageFault;

  /** The ledger's files. */
  Files ledgerFiles() throws StorageFault;

  /** Directories of these jobs' savepoints that this user may not change, so not delete. */
  List<String> closedTo(Set<JobName> jobs) throws StorageFault;

  /** Removes what is left of the scratch directory; returns after some seconds at the latest. */
  @Override
  void close();

  /**
   * A user as the file system sees it.
   *
   * @param kerberos whether the file system wants a Kerberos login
   * @param ticket whether there is one
   */
  record Identity(String user, boolean kerberos, boolean ticket) {}

  /**
   * What is known of the root.
   *
   * @param access such as {@code drwxr-xr-x flink supergroup}; empty if there is no such directory
   */
  record Reached(Optional<String> access) {}

  /**
   * What was written.
   *
   * @param clock the storage's clock
   * @param copiesWanted as configured for the ledger
   * @param copiesMade as many DataNodes as took part; 1 where there are none
   */
  record Written(ClockReading clock, int copiesWanted, int copiesMade) {}

  /** What keeps two daemons apart. */
  sealed interface Guard {
    /** An open file was closed to its first writer within {@code took}. */
    record Lease(Duration took) implements Guard {}

    /** A lock file that a second one was refused. */
    record Lock() implements Guard {}
  }

  /**
   * Room in bytes.
   *
   * @param quotas those set on the root itself
   */
  record Space(long capacity, long free, List<Quota> quotas) {
    /** Copies the list. */
    public Space {
      quotas = List.copyOf(quotas);
    }
  }

  /**
   * A quota of the root.
   *
   * @param of what it counts: {@code bytes}, each replica's, or {@code names}
   */
  record Quota(String of, long limit, long used) {}

  /** So many files of so many bytes. */
  record Files(int count, long bytes) {}
}
