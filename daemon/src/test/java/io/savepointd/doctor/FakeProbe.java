package io.savepointd.doctor;

import io.savepointd.model.ClockReading;
import io.savepointd.model.JobName;
import io.savepointd.storage.StorageFault;
import io.savepointd.storage.StorageFaults;
import io.savepointd.storage.StorageProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** A storage on which all is well until a test says otherwise. */
final class FakeProbe implements StorageProbe {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final Map<String, StorageFault> faults = new HashMap<>();
  private final CountDownLatch never = new CountDownLatch(1);
  String root = "hdfs://nn:8020/root";
  Identity identity = new Identity("flink", false, false);
  Reached reached = new Reached(Optional.of("drwxr-xr-x flink supergroup"));
  boolean safeMode;
  boolean hangs;
  Written written = written(Duration.ZERO, 2, 2);
  Guard guard = new Guard.Lease(Duration.ofMillis(400));
  Space space = new Space(100_000, 50_000, List.of());
  Files ledgerFiles = new Files(2, 2048);
  List<String> closed = List.of();
  volatile boolean isClosed;

  static Written written(Duration ahead, int wanted, int made) {
    return new Written(new ClockReading(NOW, NOW, NOW.plus(ahead), Duration.ZERO), wanted, made);
  }

  /** From now on that step fails. */
  void fails(String step, StorageFault.Kind kind, String message) {
    faults.put(step, StorageFaults.fault(kind, message));
  }

  private void at(String step) throws StorageFault {
    if (faults.containsKey(step)) {
      throw faults.get(step);
    }
  }

  @Override
  public String root() {
    return root;
  }

  @Override
  public Identity identity() {
    return identity;
  }

  @Override
  public Reached reach() throws StorageFault {
    at("reach");
    if (hangs) {
      try {
        never.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return reached;
  }

  @Override
  public boolean safeMode() {
    return safeMode;
  }

  @Override
  public Written write() throws StorageFault {
    at("write");
    return written;
  }

  @Override
  public void createAgain() throws StorageFault {
    at("create");
  }

  @Override
  public void rename() throws StorageFault {
    at("rename");
  }

  @Override
  public void append() throws StorageFault {
    at("append");
  }

  @Override
  public Guard guard() throws StorageFault {
    at("lease");
    return guard;
  }

  @Override
  public void delete() throws StorageFault {
    at("delete");
  }

  @Override
  public Space space() {
    return space;
  }

  @Override
  public Files ledgerFiles() {
    return ledgerFiles;
  }

  @Override
  public List<String> closedTo(Set<JobName> jobs) {
    return closed;
  }

  @Override
  public void close() {
    isClosed = true;
    never.countDown();
  }
}
