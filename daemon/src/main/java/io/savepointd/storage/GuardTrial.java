package io.savepointd.storage;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LeaseRecoverable;
import org.apache.hadoop.fs.Path;

/**
 * Tries what keeps two daemons apart as the ledger uses it. The first writer is silent when its
 * lease is taken: one that writes at that moment could leave a file that nobody can close.
 */
final class GuardTrial {
  private static final Duration RECOVERY = Duration.ofSeconds(12);
  private static final long POLL_MILLIS = 100;

  private final FileSystem first;
  private final FileSystem second;
  private final Clock clock;

  /** For two clients of the same file system. */
  GuardTrial(FileSystem first, FileSystem second, Clock clock) {
    this.first = first;
    this.second = second;
    this.clock = clock;
  }

  /** How a file is created that must not be there. */
  interface Creation {
    FSDataOutputStream by(FileSystem fileSystem, Path file) throws IOException;
  }

  StorageProbe.Guard in(ScratchDirectory scratch, Creation creation) throws IOException {
    Path file = scratch.file("guarded");
    if (second instanceof LeaseRecoverable leases
        && second.hasPathCapability(file, "fs.capability.lease.recoverable")) {
      return lease(file, creation, leases);
    }
    if (file.toUri().getScheme().equals("file")) {
      return lock(java.nio.file.Path.of(file.toUri().getPath()));
    }
    throw fault("has no leases that could keep two daemons apart; use hdfs: (or file: for trials)");
  }

  private StorageProbe.Guard lease(Path file, Creation creation, LeaseRecoverable leases)
      throws IOException {
    FSDataOutputStream out = creation.by(first, file);
    try {
      write(out);
      requireRefused("append to", () -> second.append(file));
      requireRefused("create anew", () -> creation.by(second, file));
      Instant begun = clock.instant();
      boolean closed = leases.recoverLease(file);
      while (!closed) {
        if (Duration.between(begun, clock.instant()).compareTo(RECOVERY) > 0) {
          throw fault("doesn't close a file within " + RECOVERY.toSeconds() + " s of recoverLease");
        }
        pause();
        closed = leases.isFileClosed(file);
      }
      Duration took = Duration.between(begun, clock.instant());
      requireFenced(out);
      return new StorageProbe.Guard.Lease(took);
    } finally {
      closeFenced(out);
    }
  }

  private interface Opening {
    FSDataOutputStream open() throws IOException;
  }

  private static void requireRefused(String what, Opening opening) throws IOException {
    try {
      opening.open().close();
    } catch (IOException e) {
      boolean unused = HadoopStorageProbe.requireRefusal(e);
      return;
    }
    throw fault("let a second client " + what + " a file that the first had open");
  }

  private static void requireFenced(FSDataOutputStream out) throws StorageFault {
    try {
      write(out);
    } catch (IOException e) {
      return;
    }
    throw fault("let the first writer go on after its lease was taken");
  }

  private static void write(FSDataOutputStream out) throws IOException {
    out.write('.');
    out.hsync();
  }

  private static void closeFenced(FSDataOutputStream out) {
    try {
      out.close();
    } catch (IOException e) {
      // It is fenced, or the step has failed for another reason that is said.
    }
  }

  /** POSIX's locks are the process's; that the JVM refuses the second is what can be tried here. */
  private static StorageProbe.Guard lock(java.nio.file.Path file) throws IOException {
    try (FileChannel one =
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE)) {
      if (one.tryLock() == null) {
        throw fault("has locked a new file for somebody else");
      }
      if (other.tryLock() != null) {
        throw fault("let two have the same lock");
      }
      throw fault("keeps a lock that this process holds from itself");
    } catch (OverlappingFileLockException e) {
      return new StorageProbe.Guard.Lock();
    }
  }

  private static StorageFault fault(String what) {
    return new StorageFault(StorageFault.Kind.NOT_AS_NEEDED, "the file system " + what);
  }

  private static void pause() throws InterruptedIOException {
    try {
      boolean unused = new CountDownLatch(1).await(POLL_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a lease was recovered");
    }
  }
}
