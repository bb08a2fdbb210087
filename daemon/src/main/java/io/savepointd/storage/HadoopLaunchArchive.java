package io.savepointd.storage;

import io.savepointd.model.Job;
import io.savepointd.model.Launch;
import io.savepointd.model.LaunchId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.BlockMissingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Launches under {@code <root>/.savepointd/launches/} and jars under {@code jars/} beside them, on
 * any file system of Hadoop's. Each is written under another name, for its owner alone, and renamed
 * once it is whole.
 */
final class HadoopLaunchArchive implements LaunchArchive {
  private static final Logger LOG = LoggerFactory.getLogger(HadoopLaunchArchive.class);
  private static final FsPermission OWNER_READS = new FsPermission((short) 0600);
  private static final FsPermission OWNER_ENTERS = new FsPermission((short) 0700);

  /** A longer launch isn't kept; any longer file has not been written here. */
  private static final int MOST_BYTES = 1 << 20;

  private static final String JAR = ".jar";
  private static final String JSON = ".json";

  private final HadoopFileSystems fileSystems;
  private final StorageRoot root;
  private final Runnable onProgress;

  HadoopLaunchArchive(HadoopFileSystems fileSystems, StorageRoot root, Runnable onProgress) {
    this.fileSystems = fileSystems;
    this.root = root;
    this.onProgress = onProgress;
  }

  @Override
  public LaunchArchive telling(Runnable progress) {
    return new HadoopLaunchArchive(fileSystems, root, progress);
  }

  @Override
  public void keep(Launch launch, Job job) throws StorageUnavailable, LaunchLost {
    Path jar = jar(launch.jarDigest());
    Path text = text(launch);
    byte[] bytes = LaunchText.of(launch, job).getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MOST_BYTES) {
      throw new LaunchLost(
          "args and flink-configuration of job "
              + job.name()
              + " are too long to be kept: "
              + bytes.length
              + " bytes, where "
              + MOST_BYTES
              + " are read back");
    }
    try {
      if (!fileSystem().exists(jar)) {
        try (InputStream in = open(job.jar())) {
          write(jar, in, launch.jarDigest(), job.jar().toString());
        }
      }
      if (!fileSystem().exists(text)) {
        String digest = DigestingStream.of(bytes);
        write(text, new ByteArrayInputStream(bytes), digest, text.toString());
      }
    } catch (IOException e) {
      throw new StorageUnavailable("could not keep " + jar + ": " + Reasons.of(e), e);
    }
  }

  private static InputStream open(java.nio.file.Path jar) throws LaunchLost {
    try {
      return Files.newInputStream(jar);
    } catch (IOException e) {
      throw new LaunchLost(jar + " can't be read: " + e, e);
    }
  }

  /** Whoever is killed in between leaves a file that no digest names. */
  private void write(Path to, InputStream from, String digest, String source)
      throws IOException, LaunchLost {
    FileSystem fileSystem = fileSystem();
    Path directory = to.getParent();
    if (!fileSystem.exists(directory) && !FileSystem.mkdirs(fileSystem, directory, OWNER_ENTERS)) {
      throw new IOException("could not create " + directory);
    }
    Path partial = new Path(directory, ".partial-" + UUID.randomUUID());
    boolean done = false;
    try {
      String found;
      // Its permissions are set before the first byte is written.
      try (OutputStream out = FileSystem.create(fileSystem, partial, OWNER_READS)) {
        found = DigestingStream.copy(from, out, onProgress);
      }
      if (!found.equals(digest)) {
        throw new LaunchLost(
            source
                + " has SHA-256 "
                + found
                + ", not the announced "
                + digest
                + ": it was changed");
      }
      // Somebody else's, if one is there by now, has the same content.
      if (!fileSystem.rename(partial, to) && !fileSystem.exists(to)) {
        throw new IOException("could not rename " + partial + " to " + to);
      }
      done = true;
    } finally {
      if (!done) {
        discard(fileSystem, partial);
      }
    }
  }

  private static void discard(FileSystem fileSystem, Path partial) {
    try {
      if (!fileSystem.delete(partial, false)) {
        LOG.debug("event=launch.partial-gone path={}", partial);
      }
    } catch (IOException e) {
      LOG.debug("event=launch.partial-left path={}", partial, e);
    }
  }

  @Override
  public boolean holds(Launch launch) throws StorageUnavailable {
    try {
      return launch.kept()
          && fileSystem().exists(text(launch))
          && fileSystem().exists(jar(launch.jarDigest()));
    } catch (IOException e) {
      throw new StorageUnavailable("could not look for a launch: " + Reasons.of(e), e);
    }
  }

  @Override
  public Job recall(Launch launch, Job as) throws StorageUnavailable, LaunchLost {
    Path text = text(launch);
    return LaunchText.read(content(text), launch, as, text.toString());
  }

  private String content(Path text) throws StorageUnavailable, LaunchLost {
    try (InputStream in = fileSystem().open(text)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new LaunchLost(text + " is longer than any launch: it was changed or damaged");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw notRead(text, e);
    }
  }

  /** What is proved to be absent won't come back. */
  private static StorageUnavailable notRead(Path path, IOException e) throws LaunchLost {
    try {
      Absence.requireProvenBy(e);
    } catch (IOException unknown) {
      return new StorageUnavailable("could not read " + path + ": " + Reasons.of(e), e);
    }
    throw new LaunchLost("there is no " + path, e);
  }

  @Override
  public LocalJar fetch(String jarDigest, String fileName) throws StorageUnavailable, LaunchLost {
    Path jar = jar(jarDigest);
    LocalJar copy = LocalJar.newCopy(fileName);
    boolean good = false;
    try (FSDataInputStream in = fileSystem().open(jar);
        OutputStream out = LocalCopy.to(copy.path())) {
      String found = copy(in, out, jar);
      if (!found.equals(jarDigest)) {
        throw new LaunchLost(jar + " has SHA-256 " + found + ": it was changed or damaged");
      }
      good = true;
      return copy;
    } catch (LocalCopy.NotWritten e) {
      throw new LaunchLost("no copy of " + jar + " could be made: " + e.getMessage(), e);
    } catch (IOException e) {
      throw notRead(jar, e);
    } finally {
      if (!good) {
        copy.close();
      }
    }
  }

  /** Bytes that are lost for good won't come back by waiting for the storage. */
  private String copy(FSDataInputStream in, OutputStream out, Path jar)
      throws IOException, LaunchLost {
    try {
      return DigestingStream.copy(in, out, onProgress);
    } catch (ChecksumException | BlockMissingException e) {
      Replicas.requireRotProvenBy(e, fileSystem(), jar, in.getPos());
      throw new LaunchLost(jar + " is damaged: " + Reasons.of(e), e);
    }
  }

  @Override
  public List<Job> all(Job as) throws StorageUnavailable {
    List<Job> jobs = new ArrayList<>();
    for (FileStatus file : children(launches())) {
      if (file.getPath().getName().endsWith(JSON)) {
        try {
          jobs.add(LaunchText.job(JsonMapper.shared().readTree(content(file.getPath())), as));
        } catch (LaunchLost | JacksonException | IllegalArgumentException e) {
          LOG.info("event=launch.unreadable path={} reason=\"{}\"", file.getPath(), e.toString());
        }
      }
    }
    return jobs;
  }

  @Override
  public int deleteAllBut(Set<LaunchId> kept, Set<String> jarDigests) throws StorageUnavailable {
    Set<String> needed = new HashSet<>();
    kept.forEach(id -> needed.add(id + JSON));
    jarDigests.forEach(digest -> needed.add(digest + JAR));
    int deleted = 0;
    for (Path directory : List.of(launches(), jars())) {
      for (FileStatus file : children(directory)) {
        if (file.isFile() && ours(file.getPath()) && !needed.contains(file.getPath().getName())) {
          deleted += delete(file.getPath());
        }
      }
    }
    return deleted;
  }

  /** What somebody else has put there is left alone. */
  private static boolean ours(Path path) {
    String name = path.getName();
    return name.startsWith(".partial-")
        || LaunchId.isValid(name.replaceFirst("(\\" + JSON + "|\\" + JAR + ")$", ""));
  }

  private int delete(Path path) throws StorageUnavailable {
    try {
      return fileSystem().delete(path, false) ? 1 : 0;
    } catch (IOException e) {
      throw new StorageUnavailable("could not delete " + path + ": " + Reasons.of(e), e);
    }
  }

  private List<FileStatus> children(Path directory) throws StorageUnavailable {
    try {
      return Listing.of(fileSystem(), directory) instanceof Listing.Directory found
          ? List.copyOf(found.children().values())
          : List.of();
    } catch (IOException e) {
      throw new StorageUnavailable("could not list " + directory + ": " + Reasons.of(e), e);
    }
  }

  private FileSystem fileSystem() throws IOException {
    return fileSystems.of(root.path());
  }

  private Path launches() {
    return new Path(root.own(), "launches");
  }

  private Path jars() {
    return new Path(root.own(), "jars");
  }

  private Path text(Launch launch) {
    return new Path(launches(), launch.id().orElseThrow() + JSON);
  }

  private Path jar(String digest) {
    return new Path(jars(), digest + JAR);
  }
}
