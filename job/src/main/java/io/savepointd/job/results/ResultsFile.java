package io.savepointd.job.results;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;

/**
 * The file {@code averages.txt} in a directory of any file system Flink knows. It appears whole
 * under its name, or not at all.
 */
final class ResultsFile {
  private final Path directory;

  ResultsFile(Path directory) {
    this.directory = directory;
  }

  /** Replaces the file. */
  Path write(Collection<String> lines) throws IOException {
    FileSystem files = directory.getFileSystem();
    Path whole = new Path(directory, "averages.txt");
    Path partial = new Path(directory, ".averages.txt.partial");
    files.mkdirs(directory);
    try (OutputStream out = files.create(partial, WriteMode.OVERWRITE)) {
      for (String line : lines) {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    // HDFS doesn't rename onto a file. Dying in between leaves none, and the restored run writes
    // it.
    if (files.exists(whole) && !files.delete(whole, false)) {
      throw new IOException("Can't replace the results " + whole + "; the run will try again");
    }
    if (!files.rename(partial, whole)) {
      throw new IOException(
          "Can't rename " + partial + " to " + whole + "; the run will try again");
    }
    return whole;
  }
}
