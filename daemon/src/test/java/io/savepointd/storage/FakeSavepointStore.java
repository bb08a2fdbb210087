package io.savepointd.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.savepointd.model.CheckpointContents;
import io.savepointd.model.JobName;
import io.savepointd.model.Savepoint;
import io.savepointd.model.StateFile;
import io.savepointd.model.TriggerId;
import io.savepointd.model.UnreadableMetadata;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A savepoint store in memory, with a switch for each thing that can go wrong. Its savepoints'
 * metadata is {@link TextMetadata}.
 */
public final class FakeSavepointStore implements SavepointStore {
  /** Content by path; a directory's ends with a slash and is empty. */
  private final TreeMap<String, String> entries = new TreeMap<>();

  /** When each entry last changed. */
  private final Map<String, Instant> times = new HashMap<>();

  private final Set<String> rotten = new HashSet<>();
  private final String root;
  private final Clock clock;
  private Optional<String> outage = Optional.empty();
  private boolean failAfterRename;
  private int written;

  /** Lies at a made-up HDFS root. */
  public FakeSavepointStore() {
    this("hdfs://fake:9000/flink-savepoints");
  }

  /** Lies at {@code root}, fully qualified. */
  public FakeSavepointStore(String root) {
    this(root, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
  }

  /** Takes the times of what is written from {@code clock}. */
  public FakeSavepointStore(String root, Clock clock) {
    this.root = root;
    this.clock = clock;
  }

  /** From now on every call fails with this reason. */
  public synchronized void unavailable(String reason) {
    outage = Optional.of(reason);
  }

  /** Ends the outage. */
  public synchronized void available() {
    outage = Optional.empty();
  }

  /** The next deletion dies between the rename and the end. */
  public synchronized void failNextDeletionAfterRename() {
    failAfterRename = true;
  }

  /** Writes a good savepoint of two files into a target directory, as Flink would; its path. */
  public synchronized String writeSavepoint(String directory) {
    written++;
    String path = directory + String.format("/savepoint-%06x-%012x", written, written * 7919L);
    writeFile(path + "/state-1", "x".repeat(100));
    writeFile(path + "/_metadata", TextMetadata.of(new StateFile("state-1", 100, true)));
    return path;
  }

  /**
   * Writes a good checkpoint of a run that shares a file with others, as Flink would; its path. Its
   * number is the run's, which a test counts.
   */
  public synchronized String writeCheckpoint(String directory, long number) {
    String path = directory + "/chk-" + number;
    String shared = directory + "/shared/" + number;
    writeFile(shared, "x".repeat(100));
    makeDirectory(directory + "/taskowned");
    writeFile(path + "/_metadata", TextMetadata.of(number, new StateFile(shared, 100, true)));
    return path;
  }

  /** Numbers a savepoint as its run has it. */
  public synchronized void number(String savepoint, long number) {
    put(savepoint + "/_metadata", TextMetadata.of(number, new StateFile("state-1", 100, true)));
  }

  /** Cuts a savepoint's metadata short. */
  public synchronized void damage(String savepoint) {
    String metadata = savepoint + "/_metadata";
    if (!entries.containsKey(metadata)) {
      throw new IllegalArgumentException("no " + metadata + " to damage");
    }
    put(metadata, "1");
  }

  /** Flips a bit in a savepoint's state, so that only {@link #verifyDeep} notices. */
  public synchronized void rot(String savepoint) {
    rotten.add(savepoint);
  }

  /** Takes a savepoint away behind everybody's back. */
  public synchronized void vanish(String savepoint) {
    entries.remove(savepoint);
    entries.subMap(savepoint + "/", savepoint + "0").clear();
  }

  /** Writes a file and the directories above it. */
  public synchronized void writeFile(String path, String content) {
    makeDirectory(parent(path));
    put(path, content);
  }

  /** What is new changes its directory, too. */
  private void put(String path, String content) {
    if (!entries.containsKey(path)) {
      times.put(parent(bare(path)) + "/", clock.instant());
    }
    if (!path.endsWith("/") || !entries.containsKey(path)) {
      times.put(path, clock.instant());
    }
    entries.put(path, content);
  }

  private static String bare(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /** Makes a directory and those above it. */
  public synchronized void makeDirectory(String path) {
    for (String up = path; up.length() > "hdfs://".length(); up = parent(up)) {
      put(up + "/", "");
    }
  }

  /** Makes a file or directory look as if it had last changed then. */
  public synchronized void touch(String path, Instant modifiedAt) {
    times.put(entries.containsKey(path) ? path : path + "/", modifiedAt);
  }

  /** Every path there is, directories with a slash at the end, with its content. */
  public synchronized Map<String, String> entries() {
    return Map.copyOf(entries);
  }

  @Override
  public String root() {
    return root;
  }

  @Override
  public String directoryOf(JobName job, TriggerId trigger) {
    return root + "/" + job + "/" + trigger;
  }

  @Override
  public synchronized boolean anythingUnder(JobName job) throws StorageUnavailable {
    requireAvailable();
    String directory = root + "/" + job;
    return entries.containsKey(directory)
        || entries.subMap(directory + "/", false, directory + "0", false).size() > 0;
  }

  @Override
  public synchronized List<String> savepointsIn(String directory) throws StorageUnavailable {
    requireAvailable();
    return entries.subMap(directory + "/savepoint-", directory + "/savepoint.").keySet().stream()
        .filter(path -> path.endsWith("/"))
        .map(path -> path.substring(0, path.length() - 1))
        .filter(path -> parent(path).equals(directory))
        .toList();
  }

  @Override
  public synchronized List<String> checkpointsIn(String directory) throws StorageUnavailable {
    requireAvailable();
    return entries.subMap(directory + "/chk-", directory + "/chk.").keySet().stream()
        .filter(path -> path.matches(".*/chk-[0-9]+/"))
        .map(FakeSavepointStore::bare)
        .filter(path -> parent(path).equals(directory))
        .toList();
  }

  @Override
  public synchronized Verification verify(String path) throws StorageUnavailable {
    requireAvailable();
    String metadata = path + "/_metadata";
    if (entries.containsKey(path)) {
      return new Verification.Damaged(path + " is a file");
    }
    if (entries.containsKey(metadata + "/")) {
      return new Verification.Damaged(metadata + " is a directory");
    }
    if (!entries.containsKey(metadata)) {
      return new Verification.Missing("there is no " + metadata);
    }
    try {
      String text = entries.get(metadata);
      return compare(path, new TextMetadata().read(new ByteArrayInputStream(text.getBytes(UTF_8))));
    } catch (UnreadableMetadata e) {
      return new Verification.Damaged(metadata + ": " + e.getMessage());
    } catch (IOException e) {
      throw new IllegalStateException("memory can't fail", e);
    }
  }

  private Verification compare(String path, CheckpointContents contents) {
    List<StateFile> files = contents.files();
    List<String> faults = new ArrayList<>();
    Map<String, Long> lengths = new HashMap<>();
    lengths.put(path + "/_metadata", (long) entries.get(path + "/_metadata").length());
    for (StateFile file : files) {
      String named = file.path().contains(":/") ? file.path() : path + "/" + file.path();
      String at = named.replaceAll("/[^/]+/\\.\\./", "/");
      Optional<Long> length =
          Optional.ofNullable(entries.get(at)).map(content -> (long) content.length());
      fault(file, at, length).ifPresent(faults::add);
      length.ifPresent(bytes -> lengths.put(at, bytes));
    }
    if (!faults.isEmpty()) {
      int named = Math.min(3, faults.size());
      String more = faults.size() > named ? "; and " + (faults.size() - named) + " more" : "";
      return new Verification.Damaged(String.join("; ", faults.subList(0, named)) + more);
    }
    List<String> outside =
        lengths.keySet().stream()
            .filter(at -> !at.startsWith(path + "/"))
            .map(FakeSavepointStore::parent)
            .distinct()
            .sorted()
            .toList();
    return new Verification.Good(
        lengths.values().stream().mapToLong(Long::longValue).sum(),
        lengths.size(),
        outside,
        contents.id());
  }

  private Optional<String> fault(StateFile file, String at, Optional<Long> length) {
    if (length.isEmpty()) {
      return Optional.of(at + (entries.containsKey(at + "/") ? " is a directory" : " is missing"));
    }
    if (length.get() < file.bytes()) {
      return Optional.of(at + " has " + length.get() + " of its " + file.bytes() + " bytes");
    }
    return file.exact() && length.get() > file.bytes()
        ? Optional.of(at + " has " + length.get() + " bytes where " + file.bytes() + " are right")
        : Optional.empty();
  }

  @Override
  public synchronized Verification verifyDeep(String path) throws StorageUnavailable {
    Verification verified = verify(path);
    return verified instanceof Verification.Good && rotten.contains(path)
        ? new Verification.Damaged(path + "/state-1 can't be read from byte 0 on: checksum error")
        : verified;
  }

  @Override
  public synchronized Optional<Instant> writtenAt(String path) throws StorageUnavailable {
    requireAvailable();
    String metadata = bare(path) + "/_metadata";
    return entries.containsKey(metadata) ? Optional.of(times.get(metadata)) : Optional.empty();
  }

  @Override
  public synchronized List<Stored> survey() throws StorageUnavailable {
    requireAvailable();
    return new FakeSurvey(root, entries, times).all();
  }

  @Override
  public synchronized void delete(Savepoint savepoint) throws StorageUnavailable {
    String directory = root + "/" + savepoint.job() + "/" + savepoint.id();
    if (!savepoint.path().startsWith(directory + "/")
        || !savepoint.path().substring(directory.length() + 1).matches("savepoint-[A-Za-z0-9-]+")) {
      throw new IllegalArgumentException(savepoint.path() + " is not in " + directory);
    }
    deleteTrigger(savepoint.job(), new TriggerId(savepoint.id().value()));
  }

  @Override
  public synchronized void deleteTrigger(JobName job, TriggerId trigger) throws StorageUnavailable {
    String directory = directoryOf(job, trigger);
    requireAvailable();
    if (entries.containsKey(directory)) {
      throw new IllegalArgumentException(directory + " is a file: nothing is deleted");
    }
    String tombstone = root + "/.savepointd/trash/" + job + "-" + trigger;
    remove(tombstone);
    Map<String, String> moved = new TreeMap<>(under(directory));
    if (moved.isEmpty()) {
      return;
    }
    remove(directory);
    makeDirectory(tombstone);
    moved.forEach((path, content) -> put(tombstone + path.substring(directory.length()), content));
    if (failAfterRename) {
      failAfterRename = false;
      throw new StorageUnavailable(
          "could not delete " + directory, new IOException("connection lost"));
    }
    remove(tombstone);
  }

  private Map<String, String> under(String directory) {
    return entries.subMap(directory + "/", directory + "0");
  }

  private void remove(String directory) {
    under(directory).clear();
  }

  private void requireAvailable() throws StorageUnavailable {
    if (outage.isPresent()) {
      throw new StorageUnavailable(root + ": " + outage.get(), new IOException(outage.get()));
    }
  }

  private static String parent(String path) {
    return path.substring(0, path.lastIndexOf('/'));
  }

  @Override
  public void close() {}
}
