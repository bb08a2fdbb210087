package io.savepointd.simulation;

import io.savepointd.model.TriggerId;
import io.savepointd.storage.FakeSavepointStore;
import io.savepointd.storage.StorageUnavailable;
import io.savepointd.storage.Verification;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The storage as it really is, whatever its clients are told. */
final class StorageWorld {
  private final FakeSavepointStore fake;
  private final Set<String> spoilt = new HashSet<>();
  private final List<String> written = new ArrayList<>();

  /** One counter for all that Flink writes: the newer has the higher number. */
  private final Map<String, Long> numbers = new HashMap<>();

  private boolean down;

  StorageWorld(Clock clock) {
    this.fake = new FakeSavepointStore("hdfs://fake:9000/flink-savepoints", clock);
  }

  FakeSavepointStore fake() {
    return fake;
  }

  boolean down() {
    return down;
  }

  void down(boolean now) {
    down = now;
  }

  /** Flink begins a savepoint: its directory is there before its data. */
  void begin(String directory) {
    fake.makeDirectory(directory + "/savepoint-000000-abandoned000");
  }

  /** Flink has written one. */
  String write(String directory) {
    String unfinished = directory + "/savepoint-000000-abandoned000";
    fake.vanish(unfinished);
    String path = fake.writeSavepoint(directory);
    written.add(path);
    numbers.put(path, numbers.size() + 1L);
    fake.number(path, numbers.get(path));
    return path;
  }

  /** Flink has written a checkpoint of the run whose directory this is. */
  String checkpoint(String directory) {
    long number = numbers.size() + 1L;
    String path = fake.writeCheckpoint(directory, number);
    written.add(path);
    numbers.put(path, number);
    return path;
  }

  /** Flink has deleted a checkpoint, with what it shared with none. */
  void discard(String checkpoint) {
    fake.vanish(checkpoint);
    fake.vanish(checkpoint.replace("/chk-", "/shared/"));
    written.remove(checkpoint);
  }

  /** Of what was never written it is 0. */
  long number(String path) {
    return numbers.getOrDefault(path, 0L);
  }

  /** Behind everybody's back. */
  void damage(String path) {
    spoilt.add(path);
    fake.damage(path);
  }

  /** Behind everybody's back. */
  void vanish(String path) {
    spoilt.add(path);
    fake.vanish(path);
  }

  boolean spoilt(String path) {
    return spoilt.contains(path);
  }

  boolean good(String path) {
    try {
      return fake.verify(path) instanceof Verification.Good;
    } catch (StorageUnavailable e) {
      throw new IllegalStateException(e);
    }
  }

  boolean goodSavepointIn(String directory) {
    try {
      return fake.savepointsIn(directory).stream().anyMatch(this::good);
    } catch (StorageUnavailable e) {
      throw new IllegalStateException(e);
    }
  }

  boolean everWritten() {
    return !numbers.isEmpty();
  }

  List<String> written() {
    return written;
  }

  String directoryOf(TriggerId trigger) {
    return fake.directoryOf(Simulation.NAME, trigger);
  }

  /** The triggers' directories and tombstones that hold anything, relative to the root. */
  Set<String> directories() {
    Set<String> directories = new TreeSet<>();
    String job = fake.root() + "/" + Simulation.NAME + "/";
    String trash = fake.root() + "/.savepointd/trash/";
    for (String path : fake.entries().keySet()) {
      if (path.startsWith(job) && path.length() > job.length()) {
        directories.add(path.substring(job.length()).replaceAll("/.*", ""));
      } else if (path.startsWith(trash) && path.length() > trash.length()) {
        directories.add(".trash/" + path.substring(trash.length()).replaceAll("/.*", ""));
      }
    }
    return directories;
  }
}
