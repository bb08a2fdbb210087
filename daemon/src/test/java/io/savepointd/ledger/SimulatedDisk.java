package io.savepointd.ledger;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The disk that a simulated world's ledger lies on, whose clients may die at each touch of it and
 * whose syncs fail as they are told to. Whatever becomes durable is reported, event by event.
 */
public final class SimulatedDisk {
  private final MemoryDisk disk = new MemoryDisk();
  private final EventCodec codec = new EventCodec();
  private final Map<String, Client> writers = new HashMap<>();
  private final Consumer<Event> durable;
  private final Set<Client> misled = new HashSet<>();
  private Garbage garbage = Garbage.NONE;

  /** A process that reads and writes here. */
  public interface Client {
    /** It is about to touch the disk. */
    void before(String what);

    /** What it has done has taken effect, but it doesn't know so yet. */
    void after(String what);

    /** What becomes of its present sync. */
    Sync sync();

    /** Its monotonic time. */
    long nanos();

    /** It waits, while everybody else goes on. */
    void pause(Duration duration);
  }

  /** How a sync ends. */
  public enum Sync {
    DONE,
    /** It throws, and nothing is durable. */
    LOST,
    /** It throws, though all is durable. */
    LOST_BUT_DURABLE,
    /** It throws, and what is durable ends in the middle. */
    TORN
  }

  /** Whether a line in the middle can't be read. */
  public enum Garbage {
    NONE,
    THERE,
    /**
     * It is there, but the reader leaves it out without a word: for showing that this is caught.
     */
    OVERLOOKED
  }

  /** An empty disk that tells {@code durable} of each event once it can't be lost any more. */
  public SimulatedDisk(Consumer<Event> durable) {
    this.durable = durable;
  }

  /** From now on, what readers find of the second line. */
  public void garbage(Garbage now) {
    garbage = now;
  }

  /** Whether what that client has read since it was last asked to forget it was spoilt. */
  public boolean hasReadGarbage(Client client) {
    return misled.contains(client);
  }

  /** It begins to read anew. */
  public void readsAnew(Client client) {
    misled.remove(client);
  }

  /** Whether that client could write at this moment. */
  public boolean leaseIsHeldBy(Client client) {
    List<String> segments =
        disk.names().stream().filter(name -> name.matches("\\d+\\.jsonl")).sorted().toList();
    if (segments.isEmpty()) {
      return false;
    }
    String last = segments.get(segments.size() - 1);
    return client.equals(writers.get(last)) && disk.open(last);
  }

  EventCodec codec() {
    return codec;
  }

  SegmentStore storeOf(Client client) {
    return new View(disk.store(), client);
  }

  private final class View implements SegmentStore {
    private final SegmentStore real;
    private final Client client;

    View(SegmentStore real, Client client) {
      this.real = real;
      this.client = client;
    }

    @Override
    public boolean tryLock() {
      return true;
    }

    @Override
    public void unlock() {}

    @Override
    public List<String> list() throws IOException {
      client.before("ledger list");
      return real.list();
    }

    @Override
    public byte[] read(String name, long offset) throws IOException {
      client.before("ledger read");
      return spoilt(real.read(name, offset), offset);
    }

    private byte[] spoilt(byte[] bytes, long offset) {
      if (garbage == Garbage.NONE || offset > 0) {
        return bytes;
      }
      List<String> lines =
          new ArrayList<>(new String(bytes, StandardCharsets.UTF_8).lines().toList());
      if (lines.size() < 3) {
        return bytes;
      }
      misled.add(client);
      String line = lines.remove(1);
      if (garbage == Garbage.THERE) {
        lines.add(1, "#" + line);
      }
      boolean torn = bytes[bytes.length - 1] != '\n';
      return (String.join("\n", lines) + (torn ? "" : "\n")).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean closed(String name) throws IOException {
      client.before("ledger closed?");
      return real.closed(name);
    }

    @Override
    public void recover(String name) throws IOException {
      client.before("ledger recover");
      real.recover(name);
      client.after("ledger recover");
    }

    @Override
    public SegmentWriter create(String name) throws IOException {
      client.before("ledger create");
      if (client.sync() == Sync.LOST) {
        throw new IOException("no space for " + name);
      }
      SegmentWriter writer = real.create(name);
      writers.put(name, client);
      client.after("ledger create");
      return new Writer(writer, client, !name.matches("\\d+\\.jsonl"));
    }

    @Override
    public void rename(String from, String to) throws IOException {
      client.before("ledger rename");
      real.rename(from, to);
      client.after("ledger rename");
    }

    @Override
    public void moveTo(String siblingDirectory, String name) throws IOException {
      client.before("ledger move");
      real.moveTo(siblingDirectory, name);
      client.after("ledger move");
    }

    @Override
    public void delete(String name) throws IOException {
      client.before("ledger delete");
      real.delete(name);
      client.after("ledger delete");
    }

    @Override
    public String address(String name) {
      return real.address(name);
    }

    @Override
    public void close() {}
  }

  private final class Writer implements SegmentWriter {
    private final SegmentWriter real;
    private final Client client;
    private final boolean snapshot;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private boolean broken;

    Writer(SegmentWriter real, Client client, boolean snapshot) {
      this.real = real;
      this.client = client;
      this.snapshot = snapshot;
    }

    @Override
    public void write(byte[] bytes) {
      waiting.writeBytes(bytes);
    }

    @Override
    public void sync() throws IOException {
      client.before("ledger sync");
      requireWhole();
      byte[] bytes = waiting.toByteArray();
      waiting.reset();
      Sync fate = client.sync();
      int length =
          switch (fate) {
            case LOST -> 0;
            case TORN -> bytes.length * 2 / 3;
            default -> bytes.length;
          };
      try {
        real.write(Arrays.copyOf(bytes, length));
        real.sync();
      } catch (IOException e) {
        broken = true;
        throw e;
      }
      report(new String(bytes, 0, length, StandardCharsets.UTF_8));
      client.after("ledger sync");
      if (fate != Sync.DONE) {
        broken = true;
        throw new IOException("All datanodes are bad");
      }
    }

    /** What a snapshot says is no news. */
    private void report(String text) throws IOException {
      int end = text.lastIndexOf('\n');
      if (snapshot || end < 0) {
        return;
      }
      for (String line : text.substring(0, end).lines().toList()) {
        try {
          durable.accept(codec.decode(line));
        } catch (UnreadableLine e) {
          throw new IllegalStateException(e);
        }
      }
    }

    @Override
    public void close() throws IOException {
      client.before("ledger close");
      requireWhole();
      real.close();
      client.after("ledger close");
    }

    private void requireWhole() throws IOException {
      if (broken) {
        throw new IOException("the stream is broken");
      }
    }
  }
}
