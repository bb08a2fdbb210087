package io.savepointd.storage;

import io.savepointd.model.JobName;
import io.savepointd.model.Savepoint;
import io.savepointd.model.TriggerId;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Savepoints on any file system Hadoop knows, {@code hdfs:} and {@code file:} above all. Has file
 * systems of its own, bounded to about ten seconds a call, or a read in {@link #verifyDeep}; reads
 * only, but for the deletions.
 */
public final class HadoopSavepointStore implements SavepointStore {
  private final HadoopFileSystems fileSystems;
  private final StorageRoot root;
  private final Spelling spelling;
  private final MetadataReader reader;
  private final Verifier verifier;

  private HadoopSavepointStore(
      HadoopFileSystems fileSystems,
      StorageRoot root,
      Spelling spelling,
      MetadataReader reader,
      Runnable onProgress) {
    this.fileSystems = fileSystems;
    this.root = root;
    this.spelling = spelling;
    this.reader = reader;
    this.verifier = new Verifier(fileSystems, spelling, reader, onProgress);
  }

  /**
   * Opens the store; no server is asked anything yet, so this works while the storage is down.
   *
   * @param root a URI with a scheme; it need not exist
   * @param hadoopConfDir where {@code core-site.xml} and {@code hdfs-site.xml} lie
   * @throws IllegalArgumentException if root or directory can't be what they should
   * @throws StorageUnavailable if the root's host has no address at the moment
   */
  public static HadoopSavepointStore open(
      String root, Optional<java.nio.file.Path> hadoopConfDir, MetadataReader reader)
      throws StorageUnavailable {
    Path given = pathOf(root);
    Configuration configuration = HadoopSettings.load(hadoopConfDir);
    HadoopFileSystems fileSystems = new HadoopFileSystems(configuration);
    boolean opened = false;
    try {
      FileSystem fileSystem = fileSystems.of(given);
      Path qualified = fileSystem.makeQualified(given);
      Spelling spelling = new Spelling(fileSystem, qualified);
      opened = true;
      return new HadoopSavepointStore(
          fileSystems, new StorageRoot(qualified), spelling, reader, () -> {});
    } catch (UnknownHostException e) {
      throw unavailable("open " + root, e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "storage root '" + root + "' can't be used: " + Reasons.of(e), e);
    } finally {
      if (!opened) {
        fileSystems.close();
      }
    }
  }

  /** {@inheritDoc} Shares the file systems, so that closing one of them closes both. */
  @Override
  public SavepointStore telling(Runnable onProgress) {
    return new HadoopSavepointStore(fileSystems, root, spelling, reader, onProgress);
  }

  /** What runs were started with, beside their savepoints. Closed with this store. */
  public LaunchArchive launches() {
    return new HadoopLaunchArchive(fileSystems, root, () -> {});
  }

  static Path pathOf(String root) {
    URI uri;
    try {
      uri = new Path(root).toUri();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("storage root '" + root + "' is no URI", e);
    }
    if (uri.getScheme() == null || !uri.getPath().startsWith("/")) {
      throw new IllegalArgumentException(
          "storage root '" + root + "' must be a URI such as hdfs://namenode:9000/savepoints");
    }
    if (new Path(uri).isRoot()) {
      throw new IllegalArgumentException(
          "storage root '" + root + "' is a whole file system: give it a directory of its own");
    }
    return new Path(uri);
  }

  @Override
  public String root() {
    return root.toString();
  }

  @Override
  public String spelled(String path) {
    try {
      Path plain = new Path(path);
      Path ours = spelling.of(plain);
      return plain.toUri().getScheme() == null || ours.equals(plain) ? path : ours.toString();
    } catch (IllegalArgumentException e) {
      return path; // what is no path has no other spelling either
    }
  }

  @Override
  public String directoryOf(JobName job, TriggerId trigger) {
    return root.trigger(job, trigger).toString();
  }

  @Override
  public boolean anythingUnder(JobName job) throws StorageUnavailable {
    Path directory = root.job(job);
    return answer("look into " + directory, () -> !isEmpty(list(directory)));
  }

  private static boolean isEmpty(Listing listing) {
    return listing instanceof Listing.Nothing
        || (listing instanceof Listing.Directory found && found.children().isEmpty());
  }

  @Override
  public List<String> savepointsIn(String directory) throws StorageUnavailable {
    return answer("list " + directory, () -> savepointsIn(qualified(directory)));
  }

  private List<String> savepointsIn(Path directory) throws IOException {
    if (!(list(directory) instanceof Listing.Directory found)) {
      return List.of();
    }
    return found.savepoints();
  }

  @Override
  public List<String> checkpointsIn(String directory) throws StorageUnavailable {
    return answer(
        "list " + directory,
        () ->
            list(qualified(directory)) instanceof Listing.Directory found
                ? found.checkpoints()
                : List.of());
  }

  @Override
  public Verification verify(String path) throws StorageUnavailable {
    return examine("verify", path, verifier::verify);
  }

  @Override
  public Verification verifyDeep(String path) throws StorageUnavailable {
    return examine("verify every byte of", path, verifier::verifyDeep);
  }

  private interface Examination {
    Verification of(Path directory) throws IOException;
  }

  private Verification examine(String how, String path, Examination examination)
      throws StorageUnavailable {
    Path directory;
    try {
      directory = qualified(path);
    } catch (IllegalArgumentException e) {
      return new Verification.Missing("'" + path + "' is no path");
    }
    return answer(how + " " + directory, () -> examination.of(directory));
  }

  @Override
  public Optional<Instant> writtenAt(String path) throws StorageUnavailable {
    return answer("look at " + path, () -> verifier.writtenAt(qualified(path)));
  }

  @Override
  public List<Stored> survey() throws StorageUnavailable {
    return answer("survey " + root, () -> new Survey(fileSystems.of(root.path()), root).all());
  }

  @Override
  public void delete(Savepoint savepoint) throws StorageUnavailable {
    answer(
        "delete " + savepoint.path(),
        () -> {
          deletion().delete(savepoint);
          return true;
        });
  }

  @Override
  public void deleteTrigger(JobName job, TriggerId trigger) throws StorageUnavailable {
    answer(
        "delete " + root.trigger(job, trigger),
        () -> {
          deletion().delete(job, trigger);
          return true;
        });
  }

  private Deletion deletion() throws IOException {
    return new Deletion(fileSystems.of(root.path()), root);
  }

  private Path qualified(String path) {
    return spelling.of(new Path(path));
  }

  private Listing list(Path directory) throws IOException {
    return Listing.of(fileSystems.of(directory), directory);
  }

  @Override
  public void close() {
    fileSystems.close();
  }

  private interface Question<T> {
    T ask() throws IOException;
  }

  private static <T> T answer(String what, Question<T> question) throws StorageUnavailable {
    try {
      return question.ask();
    } catch (IOException e) {
      throw unavailable(what, e);
    }
  }

  private static StorageUnavailable unavailable(String what, IOException cause) {
    if (cause instanceof InterruptedIOException && !(cause instanceof SocketTimeoutException)) {
      Thread.currentThread().interrupt();
    }
    return new StorageUnavailable("could not " + what + ": " + Reasons.of(cause), cause);
  }
}
