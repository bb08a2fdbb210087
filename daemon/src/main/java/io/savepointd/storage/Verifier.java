package io.savepointd.storage;

import io.savepointd.model.CheckpointContents;
import io.savepointd.model.UnreadableMetadata;
import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LeaseRecoverable;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.BlockMissingException;

/** Proves a savepoint good or says what it lacks. An IOException means that nobody could tell. */
final class Verifier {
  private static final String METADATA = "_metadata";

  private final HadoopFileSystems fileSystems;
  private final Spelling spelling;
  private final MetadataReader reader;
  private final Runnable onProgress;

  /** Tells {@code onProgress} of each file that it has looked at, and each piece it has read. */
  Verifier(
      HadoopFileSystems fileSystems,
      Spelling spelling,
      MetadataReader reader,
      Runnable onProgress) {
    this.fileSystems = fileSystems;
    this.spelling = spelling;
    this.reader = reader;
    this.onProgress = onProgress;
  }

  Verification verify(Path directory) throws IOException {
    return examine(directory, check -> Optional.empty());
  }

  /** Reads every byte as well. */
  Verification verifyDeep(Path directory) throws IOException {
    try {
      return examine(directory, this::faultInBytes);
    } catch (FileNotFoundException e) {
      // Deleted while it was read, so that what is there now is the answer.
      Verification now = verify(directory);
      if (now instanceof Verification.Good) {
        throw e;
      }
      return now;
    }
  }

  /** When the savepoint's metadata was last written; empty if there is none. */
  Optional<Instant> writtenAt(Path directory) throws IOException {
    return Listing.of(fileSystems.of(directory), directory) instanceof Listing.Directory found
        ? found.child(METADATA).map(FileStatus::getModificationTime).map(Instant::ofEpochMilli)
        : Optional.empty();
  }

  private interface FurtherCheck {
    Optional<String> faultIn(StateFileCheck complete) throws IOException;
  }

  private Optional<String> faultInBytes(StateFileCheck complete) throws IOException {
    DeepRead read = new DeepRead(onProgress);
    for (Map.Entry<Path, Long> file : complete.files().entrySet()) {
      FileSystem fileSystem = fileSystems.of(file.getKey());
      Optional<String> fault = read.faultIn(fileSystem, file.getKey(), file.getValue());
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  private Verification examine(Path directory, FurtherCheck further) throws IOException {
    FileSystem fileSystem = fileSystems.of(directory);
    Listing listing = Listing.of(fileSystem, directory, onProgress);
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
    return examine(fileSystem, found, metadata.get(), further);
  }

  private Verification examine(
      FileSystem fileSystem, Listing.Directory found, FileStatus metadata, FurtherCheck further)
      throws IOException {
    if (metadata.isDirectory()) {
      return new Verification.Damaged(metadata.getPath() + " is a directory");
    }
    // Until it's closed its length in the listing isn't final, and its last block may still shrink.
    requireClosed(fileSystem, metadata.getPath());
    if (metadata.getLen() == 0) {
      return new Verification.Damaged(metadata.getPath() + " is empty");
    }
    CheckpointContents contents;
    try {
      contents = read(fileSystem, metadata.getPath());
    } catch (FileNotFoundException e) {
      // A local file that may not be read isn't found either.
      if (fileSystem.exists(metadata.getPath())) {
        throw e;
      }
      return new Verification.Missing(metadata.getPath() + " has just vanished");
    } catch (UnreadableMetadata e) {
      return new Verification.Damaged(metadata.getPath() + " can't be read: " + Reasons.of(e));
    }
    StateFileCheck check = new StateFileCheck(fileSystems, spelling, onProgress, metadata, found);
    check.add(contents.files());
    Verification result = check.result(contents.id());
    if (!(result instanceof Verification.Good)) {
      return result;
    }
    return further.faultIn(check).<Verification>map(Verification.Damaged::new).orElse(result);
  }

  private CheckpointContents read(FileSystem fileSystem, Path metadata) throws IOException {
    try (FSDataInputStream in = fileSystem.open(metadata)) {
      try {
        return reader.read(new BufferedInputStream(new ToldInputStream(in, onProgress)));
      } catch (ChecksumException | BlockMissingException e) {
        Replicas.requireRotProvenBy(e, fileSystem, metadata, in.getPos());
        throw new UnreadableMetadata(Reasons.of(e), e);
      }
    }
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
