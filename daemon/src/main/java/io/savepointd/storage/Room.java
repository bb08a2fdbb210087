package io.savepointd.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FsStatus;
import org.apache.hadoop.fs.LeaseRecoverable;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.QuotaUsage;

/** How much room the root has, and how much the ledger takes. */
final class Room {
  private final FileSystem fileSystem;
  private final StorageRoot root;

  Room(FileSystem fileSystem, StorageRoot root) {
    this.fileSystem = fileSystem;
    this.root = root;
  }

  StorageProbe.Space space() throws IOException {
    Path there = root.path();
    boolean exists = fileSystem.exists(there);
    Path above = there;
    while (!above.isRoot() && !fileSystem.exists(above)) {
      above = above.getParent();
    }
    FsStatus status = fileSystem.getStatus(above);
    return new StorageProbe.Space(
        status.getCapacity(), status.getRemaining(), exists ? quotas() : List.of());
  }

  /** Of the root alone: for a directory without one, HDFS would count everything below it. */
  private List<StorageProbe.Quota> quotas() throws IOException {
    List<StorageProbe.Quota> quotas = new ArrayList<>();
    if (fileSystem instanceof LeaseRecoverable) { // HDFS; elsewhere there are none to ask for
      QuotaUsage usage = fileSystem.getQuotaUsage(root.path());
      if (usage.getSpaceQuota() > 0) {
        quotas.add(
            new StorageProbe.Quota("bytes", usage.getSpaceQuota(), usage.getSpaceConsumed()));
      }
      if (usage.getQuota() > 0) {
        quotas.add(
            new StorageProbe.Quota("names", usage.getQuota(), usage.getFileAndDirectoryCount()));
      }
    }
    return quotas;
  }

  StorageProbe.Files ledgerFiles() throws IOException {
    Path ledger = new Path(root.own(), "ledger");
    int count = 0;
    long bytes = 0;
    if (Listing.of(fileSystem, ledger) instanceof Listing.Directory listed) {
      for (FileStatus file : listed.children().values()) {
        count++;
        bytes += file.getLen();
      }
    }
    return new StorageProbe.Files(count, bytes);
  }
}
