package io.savepointd.ledger;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Another store with switches for what can go wrong, and a count of its syncs. */
final class FaultySegments implements SegmentStore {
  private final SegmentStore real;
  private final AtomicInteger syncs = new AtomicInteger();

  /** The next sync throws; where this is true, what it was for is durable nevertheless. */
  volatile boolean failNextSync;

  volatile boolean failedSyncIsDurable;

  /** The next file to be created isn't. */
  volatile boolean failNextCreate;

  /** Renaming throws. */
  volatile boolean failRename;

  /** How many moves to another directory pass before one throws. */
  final AtomicInteger moves = new AtomicInteger(Integer.MAX_VALUE);

  /** Counts down with every file that was renamed. */
  volatile CountDownLatch renamed = new CountDownLatch(0);

  /** How many deletions pass before one throws; those of probes don't count. */
  final AtomicInteger deletions = new AtomicInteger(Integer.MAX_VALUE);

  /** Syncs wait until this is down. */
  volatile CountDownLatch gate = new CountDownLatch(0);

  /** Counts down with every sync that has passed. */
  volatile CountDownLatch passed = new CountDownLatch(0);

  FaultySegments(SegmentStore real) {
    this.real = real;
  }

  int syncs() {
    return syncs.get();
  }

  @Override
  public boolean tryLock() throws IOException {
    return real.tryLock();
  }

  @Override
  public void unlock() {
    real.unlock();
  }

  @Override
  public List<String> list() throws IOException {
    return real.list();
  }

  @Override
  public byte[] read(String name, long offset) throws IOException {
    return real.read(name, offset);
  }

  @Override
  public boolean closed(String name) throws IOException {
    return real.closed(name);
  }

  @Override
  public void recover(String name) throws IOException {
    real.recover(name);
  }

  @Override
  public SegmentWriter create(String name) throws IOException {
    if (name.startsWith("probe-")) {
      return real.create(name); // The faults are meant for what comes after it.
    }
    if (failNextCreate) {
      failNextCreate = false;
      throw new IOException("no space for " + name);
    }
    return new FaultyWriter(real.create(name));
  }

  @Override
  public void rename(String from, String to) throws IOException {
    if (failRename) {
      throw new IOException("could not rename " + from);
    }
    real.rename(from, to);
    renamed.countDown();
  }

  @Override
  public void moveTo(String siblingDirectory, String name) throws IOException {
    if (moves.getAndDecrement() <= 0) {
      throw new IOException("could not move " + name);
    }
    real.moveTo(siblingDirectory, name);
  }

  @Override
  public void delete(String name) throws IOException {
    if (!name.startsWith("probe-") && deletions.getAndDecrement() <= 0) {
      throw new IOException("could not delete " + name);
    }
    real.delete(name);
  }

  @Override
  public String address(String name) {
    return real.address(name);
  }

  @Override
  public void close() {
    real.close();
  }

  private final class FaultyWriter implements SegmentWriter {
    private final SegmentWriter writer;

    FaultyWriter(SegmentWriter writer) {
      this.writer = writer;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      if (failNextSync && !failedSyncIsDurable) {
        return;
      }
      writer.write(bytes);
    }

    @Override
    public void sync() throws IOException {
      try {
        if (!gate.await(20, TimeUnit.SECONDS)) {
          throw new IOException("the test never opened the gate");
        }
      } catch (InterruptedException e) {
        throw new InterruptedIOException("interrupted");
      }
      if (failNextSync) {
        failNextSync = false;
        if (failedSyncIsDurable) {
          writer.sync();
        }
        throw new IOException("All datanodes are bad");
      }
      writer.sync();
      syncs.incrementAndGet();
      passed.countDown();
    }

    @Override
    public void close() throws IOException {
      writer.close();
    }
  }
}
