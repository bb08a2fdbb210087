package io.savepointd.storage;

import io.savepointd.model.StateFile;
import io.savepointd.model.UnreadableMetadata;
import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LeaseRecoverable;
import org.apache.hadoop.fs.Path;

/** Proves a savepoint good or says what it lacks. An IOException means that nobody could tell. */
final class Verifier {
  private static final String METADATA = "_metadata";

  private final HadoopFileSystems fileSystems;
  private final MetadataReader reader;

  Verifier(HadoopFileSystems fileSystems, MetadataReader reader) {
    this.fileSystems = fileSystems;
    this.reader = reader;
  }

  Verification verify(Path directory) throws IOException {
    FileSystem fileSystem = fileSystems.of(directory);
    Listing listing = Listing.of(fileSystem, directory);
    if (listing instanceof Listing.File) {
      return new Verification.Damaged(directory + " is a file, not a savepoint's directory");
    }
    if (!(listing instanceof Listing.Directory found)) {
      return new Verification.Missing(directory + " does not exist");
    }
    Optional<FileStatus> metadata = found.child(METADATA);
    if (metadata.isEmpty()) {
      return new Verification.Missing(directory + " has no " + METADATA);
    }
    return verify(fileSystem, directory, found, metadata.get());
  }

  private Verification verify(
      FileSystem fileSystem, Path directory, Listing.Directory found, FileStatus metadata)
      throws IOException {
    if (metadata.isDirectory()) {
      return new Verification.Damaged(metadata.getPath() + " is a directory");
    }
    // Until it's closed its length in the listing isn't final, and its last block may still shrink.
    requireClosed(fileSystem, metadata.getPath());
    if (metadata.getLen() == 0) {
      return new Verification.Damaged(metadata.getPath() + " is empty");
    }
    List<StateFile> stateFiles;
    try (InputStream in = new BufferedInputStream(fileSystem.open(metadata.getPath()))) {
      stateFiles = reader.read(in);
    } catch (FileNotFoundException e) {
      return new Verification.Missing(metadata.getPath() + " has just vanished");
    } catch (UnreadableMetadata | ChecksumException e) {
      return new Verification.Damaged(metadata.getPath() + " can't be read: " + Reasons.of(e));
    }
    StateFileCheck check = new StateFileCheck(fileSystems, fileSystem, directory, found);
    for (StateFile file : stateFiles) {
      check.add(file);
    }
    return check.result(metadata);
  }

  /** Fails if the file is still being written, or its writer died and nobody has closed it yet. */
  static void requireClosed(FileSystem fileSystem, Path file) throws IOException {
    if (fileSystem instanceof LeaseRecoverable leases
        && fileSystem.hasPathCapability(file, "fs.capability.lease.recoverable")
        && !leases.isFileClosed(file)) {
      throw new IOException(file + " is still open for writing, so its length isn't final");
    }
  }
}
