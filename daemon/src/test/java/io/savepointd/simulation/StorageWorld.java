package io.savepointd.simulation;

import io.savepointd.model.TriggerId;
import io.savepointd.storage.FakeSavepointStore;
import io.savepointd.storage.StorageUnavailable;
import io.savepointd.storage.Verification;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The storage as it really is, whatever its clients are told. */
final class StorageWorld {
  private final FakeSavepointStore fake = new FakeSavepointStore();
  private final Set<String> spoilt = new HashSet<>();
  private final List<String> written = new ArrayList<>();
  private boolean down;

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
    return path;
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
    return !written.isEmpty();
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
