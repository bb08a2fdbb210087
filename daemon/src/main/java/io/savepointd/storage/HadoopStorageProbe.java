package io.savepointd.storage;

import io.savepointd.model.ClockReading;
import io.savepointd.model.JobName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.SafeMode;
import org.apache.hadoop.fs.SafeModeAction;
import org.apache.hadoop.hdfs.client.HdfsDataOutputStream;
import org.apache.hadoop.security.UserGroupInformation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The probe of any file system Hadoop knows. Short-lived streams may share the bounds of calls that
 * must come back soon, which those of the ledger may not.
 */
public final class HadoopStorageProbe implements StorageProbe {
  private static final Logger LOG = LoggerFactory.getLogger(HadoopStorageProbe.class);
  private static final byte[] TEXT = "savepointd doctor\n".getBytes(StandardCharsets.US_ASCII);
  private static final Duration CLOSING = Duration.ofSeconds(5);

  /** As the ledger's own: a block begun is charged to a quota whole. */
  static final long BLOCK_BYTES = 8L << 20;

  static final int BUFFER_BYTES = 4096;

  private final HadoopFileSystems fileSystems;
  private final HadoopFileSystems another;
  private final StorageRoot root;
  private final FileSystem fileSystem;
  private final ScratchDirectory scratch;
  private final int replication;
  private final Clock clock;
  private boolean closed;

  private HadoopStorageProbe(
      HadoopFileSystems fileSystems,
      HadoopFileSystems another,
      StorageRoot root,
      int replication,
      Clock clock)
      throws IOException {
    this.fileSystems = fileSystems;
    this.another = another;
    this.root = root;
    this.fileSystem = fileSystems.of(root.path());
    this.scratch = new ScratchDirectory(fileSystem, root);
    this.replication = replication;
    this.clock = clock;
  }

  /**
   * Opens the file system, and asks no server anything but for addresses.
   *
   * @param replication as {@code ledger.replication}; 0 for the file system's default
   * @throws StorageFault if that can't be done, whatever the reason
   */
  public static HadoopStorageProbe open(
      String root, Optional<java.nio.file.Path> hadoopConfDir, int replication, Clock clock)
      throws StorageFault {
    try {
      Path given = HadoopSavepointStore.pathOf(root);
      Configuration configuration = HadoopSettings.load(hadoopConfDir);
      // As for the ledger: where there are too few DataNodes, fewer copies will do.
      configuration.setBoolean(
          "dfs.client.block.write.replace-datanode-on-failure.best-effort", true);
      HadoopFileSystems fileSystems = new HadoopFileSystems(configuration);
      StorageRoot qualified = new StorageRoot(fileSystems.of(given).makeQualified(given));
      return new HadoopStorageProbe(
          fileSystems, new HadoopFileSystems(configuration), qualified, replication, clock);
    } catch (IllegalArgumentException e) {
      throw new StorageFault(StorageFault.Kind.OTHER, e.getMessage(), e);
    } catch (IOException e) {
      throw FaultKinds.of(e);
    }
  }

  private interface Step<T> {
    T take() throws IOException;
  }

  private static <T> T tried(Step<T> step) throws StorageFault {
    try {
      return step.take();
    } catch (IOException e) {
      throw FaultKinds.of(e);
    }
  }

  @Override
  public String root() {
    return root.toString();
  }

  @Override
  public Identity identity() throws StorageFault {
    return tried(
        () -> {
          UserGroupInformation user = UserGroupInformation.getCurrentUser();
          return new Identity(
              user.getShortUserName(),
              // Not what the process was told: nobody may have told it what is configured here.
              fileSystem
                  .getConf()
                  .get("hadoop.security.authentication", "simple")
                  .equalsIgnoreCase("kerberos"),
              user.hasKerberosCredentials());
        });
  }

  @Override
  public Reached reach() throws StorageFault {
    return tried(
        () -> {
          try {
            FileStatus status = fileSystem.getFileStatus(root.path());
            if (!status.isDirectory()) {
              throw new StorageFault(StorageFault.Kind.OTHER, root + " is a file, no directory");
            }
            return new Reached(
                Optional.of(
                    "d%s %s %s"
                        .formatted(status.getPermission(), status.getOwner(), status.getGroup())));
          } catch (IOException e) {
            Absence.requireProvenBy(e);
            return new Reached(Optional.empty());
          }
        });
  }

  @Override
  public boolean safeMode() throws StorageFault {
    return tried(
        () -> fileSystem instanceof SafeMode server && server.setSafeMode(SafeModeAction.GET));
  }

  @Override
  public Written write() throws StorageFault {
    return tried(
        () -> {
          scratch.make();
          Path file = scratch.file("written");
          int wanted = wantedCopies(file);
          int made;
          Instant before = clock.instant();
          try (FSDataOutputStream out = create(fileSystem, file)) {
            out.write(TEXT);
            out.hsync();
            made =
                out instanceof HdfsDataOutputStream blocks
                    ? blocks.getCurrentBlockReplication()
                    : wanted;
          }
          FileStatus status = fileSystem.getFileStatus(file);
          Instant after = clock.instant();
          requireContent(file, TEXT.length);
          Instant theirs = Instant.ofEpochMilli(status.getModificationTime());
          // A local kernel stamps files with a clock that ticks some times a second.
          ClockReading reading = new ClockReading(before, after, theirs, Duration.ofMillis(20));
          return new Written(reading, wanted, made);
        });
  }

  private int wantedCopies(Path file) {
    return replication > 0 ? replication : fileSystem.getDefaultReplication(file);
  }

  /** Never makes the directory anew, which may have been taken away meanwhile. */
  private FSDataOutputStream create(FileSystem by, Path file) throws IOException {
    return by.createFile(file)
        .overwrite(false)
        .bufferSize(BUFFER_BYTES)
        .replication((short) wantedCopies(file))
        .blockSize(BLOCK_BYTES)
        .build();
  }

  private void requireContent(Path file, int length) throws IOException {
    try (FSDataInputStream in = fileSystem.open(file)) {
      int read = in.readAllBytes().length;
      if (read != length) {
        throw notAsNeeded(length + " bytes were written to " + file + ", but it has " + read);
      }
    }
  }

  private static StorageFault notAsNeeded(String message) {
    return new StorageFault(StorageFault.Kind.NOT_AS_NEEDED, message);
  }

  @Override
  public void createAgain() throws StorageFault {
    tried(
        () -> {
          Path file = scratch.file("once");
          create(fileSystem, file).close();
          try {
            create(fileSystem, file).close();
          } catch (IOException e) {
            return requireRefusal(e);
          }
          throw notAsNeeded("a file was created a second time, though it was there already");
        });
  }

  /** By name: the exceptions come in packages of several projects, and wrapped. */
  static boolean requireRefusal(IOException failure) throws IOException {
    String text = failure.toString();
    if (!text.contains("AlreadyExists")
        && !text.contains("AlreadyBeingCreated")
        && !text.contains("RecoveryInProgress")) {
      throw failure;
    }
    return true;
  }

  @Override
  public void rename() throws StorageFault {
    tried(
        () -> {
          Path from = scratch.file("from");
          Path to = scratch.file("to");
          create(fileSystem, from).close();
          if (!fileSystem.rename(from, to)) {
            throw notAsNeeded("the file system refused to rename " + from + ", without a reason");
          }
          if (fileSystem.exists(from) || !fileSystem.exists(to)) {
            throw notAsNeeded(from + " is not " + to + " after its rename");
          }
          return true;
        });
  }

  @Override
  public void append() throws StorageFault {
    tried(
        () -> {
          Path file = scratch.file("appended");
          try (FSDataOutputStream out = create(fileSystem, file)) {
            out.write(TEXT);
          }
          try (FSDataOutputStream out = fileSystem.append(file)) {
            out.write(TEXT);
          } catch (UnsupportedOperationException e) {
            throw notAsNeeded("the file system can't append");
          }
          requireContent(file, 2 * TEXT.length);
          return true;
        });
  }

  @Override
  public Guard guard() throws StorageFault {
    return tried(
        () -> new GuardTrial(fileSystem, another.of(root.path()), clock).in(scratch, this::create));
  }

  @Override
  public void delete() throws StorageFault {
    tried(
        () -> {
          scratch.remove();
          if (fileSystem.exists(scratch.path())) {
            throw notAsNeeded(scratch.path() + " is still there after its deletion");
          }
          return true;
        });
  }

  @Override
  public Space space() throws StorageFault {
    return tried(() -> new Room(fileSystem, root).space());
  }

  @Override
  public Files ledgerFiles() throws StorageFault {
    return tried(() -> new Room(fileSystem, root).ledgerFiles());
  }

  @Override
  public List<String> closedTo(Set<JobName> jobs) throws StorageFault {
    return tried(() -> new OpenDoors(fileSystem, root).closedTo(jobs));
  }

  /**
   * Harmless when repeated. On a thread of its own, since whoever waits here may be the end of the
   * process.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    CountDownLatch done = new CountDownLatch(1);
    Thread closing =
        new Thread(
            () -> {
              try {
                scratch.remove();
              } catch (IOException e) {
                LOG.warn(
                    "event=doctor.left-behind path={} reason={}", scratch.path(), e.toString());
              } finally {
                done.countDown();
              }
            },
            "doctor-closing");
    closing.setDaemon(true);
    closing.start();
    try {
      if (!done.await(CLOSING.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("event=doctor.left-behind path={} reason=\"no answer\"", scratch.path());
        return; // what hangs would hang the goodbyes as well
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    fileSystems.close();
    another.close();
  }
}
