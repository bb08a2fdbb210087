package io.savepointd.ledger;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A directory in memory that behaves as HDFS was seen to: a lease for each open file, recovery that
 * takes a while and lets the old owner append until it is done, and what was written without a sync
 * not yet visible. Each {@link #store} is one client's view of it.
 */
final class MemoryDisk {
  private final SortedMap<String, Entry> files = new TreeMap<>();
  private final SortedMap<String, Entry> aside = new TreeMap<>();
  int looksUntilRecovered = 2;

  /** As after a restart of all DataNodes. */
  volatile boolean openFilesUnreadable;

  private static final class Entry {
    final ByteArrayOutputStream durable = new ByteArrayOutputStream();
    boolean closed;
    int looksLeft = -1;
  }

  SegmentStore store() {
    return new View();
  }

  synchronized List<String> names() {
    return new ArrayList<>(files.keySet());
  }

  /** Whether somebody may still write to the file; asking so changes nothing. */
  synchronized boolean open(String name) {
    Entry entry = files.get(name);
    return entry != null && !entry.closed;
  }

  /** What was moved to other directories, as {@code directory/name}. */
  synchronized List<String> movedAside() {
    return new ArrayList<>(aside.keySet());
  }

  synchronized String text(String name) {
    return files.get(name).durable.toString(StandardCharsets.UTF_8);
  }

  /** Puts bytes at the end of a file, as its owner would, or creates it closed. */
  synchronized void append(String name, String text) {
    files
        .computeIfAbsent(
            name,
            n -> {
              Entry entry = new Entry();
              entry.closed = true;
              return entry;
            })
        .durable
        .writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  synchronized byte[] bytes(String name) {
    return files.get(name).durable.toByteArray();
  }

  /** Makes {@code bytes} all there is of a closed file. */
  synchronized void replace(String name, byte[] bytes) {
    Entry entry = new Entry();
    entry.durable.writeBytes(bytes);
    entry.closed = true;
    files.put(name, entry);
  }

  synchronized void remove(String name) {
    files.remove(name);
  }

  private synchronized Entry entry(String name) throws NoSuchFileException {
    Entry entry = files.get(name);
    if (entry == null) {
      throw new NoSuchFileException(name);
    }
    return entry;
  }

  private final class View implements SegmentStore {
    @Override
    public boolean tryLock() {
      return true;
    }

    @Override
    public void unlock() {}

    @Override
    public List<String> list() {
      return names();
    }

    @Override
    public byte[] read(String name, long offset) throws IOException {
      synchronized (MemoryDisk.this) {
        if (openFilesUnreadable && !entry(name).closed) {
          throw new IOException("cannot obtain the block length of " + name);
        }
        byte[] all = entry(name).durable.toByteArray();
        return Arrays.copyOfRange(all, (int) Math.min(offset, all.length), all.length);
      }
    }

    @Override
    public boolean closed(String name) throws IOException {
      synchronized (MemoryDisk.this) {
        Entry entry = entry(name);
        if (entry.looksLeft >= 0 && entry.looksLeft-- == 0) {
          entry.closed = true;
        }
        return entry.closed;
      }
    }

    @Override
    public void recover(String name) throws IOException {
      synchronized (MemoryDisk.this) {
        entry(name).looksLeft = looksUntilRecovered;
      }
    }

    @Override
    public SegmentWriter create(String name) throws IOException {
      synchronized (MemoryDisk.this) {
        if (files.containsKey(name)) {
          throw new FileAlreadyExistsException(name);
        }
        files.put(name, new Entry());
        return new Writer(name, files.get(name));
      }
    }

    @Override
    public void rename(String from, String to) throws IOException {
      synchronized (MemoryDisk.this) {
        if (files.containsKey(to)) {
          throw new FileAlreadyExistsException(to);
        }
        files.put(to, entry(from));
        files.remove(from);
      }
    }

    @Override
    public void moveTo(String siblingDirectory, String name) throws IOException {
      synchronized (MemoryDisk.this) {
        aside.put(siblingDirectory + "/" + name, entry(name));
        files.remove(name);
      }
    }

    @Override
    public void delete(String name) {
      remove(name);
    }

    @Override
    public String address(String name) {
      return "memory:" + name;
    }

    @Override
    public void close() {}
  }

  private final class Writer implements SegmentWriter {
    private final String name;
    private final Entry entry;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    Writer(String name, Entry entry) {
      this.name = name;
      this.entry = entry;
    }

    @Override
    public void write(byte[] bytes) {
      written.writeBytes(bytes);
    }

    @Override
    public void sync() throws IOException {
      synchronized (MemoryDisk.this) {
        if (entry.closed) {
          throw new IOException("lease of " + name + " has expired");
        }
        entry.durable.writeBytes(written.toByteArray());
        written.reset();
      }
    }

    @Override
    public void close() throws IOException {
      sync();
      synchronized (MemoryDisk.this) {
        entry.closed = true;
      }
    }
  }
}
