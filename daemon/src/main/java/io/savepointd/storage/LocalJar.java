package io.savepointd.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A jar on this machine.
 *
 * @param copied whether it was copied here and goes, with its directory, when this is closed
 */
public record LocalJar(Path path, boolean copied) implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalJar.class);

  /** One that lies there anyway. */
  public static LocalJar there(Path path) {
    return new LocalJar(path, false);
  }

  /** A place for a copy, in a new directory that is this user's alone. */
  static LocalJar newCopy(String fileName) throws LaunchLost {
    try {
      Path directory = Files.createTempDirectory("savepointd-jar-");
      return new LocalJar(directory.resolve(Path.of(fileName).getFileName()), true);
    } catch (IOException e) {
      throw new LaunchLost("no place for a copy of " + fileName + ": " + e, e);
    }
  }

  @Override
  public void close() {
    if (!copied) {
      return;
    }
    try {
      boolean unused = Files.deleteIfExists(path);
      Files.deleteIfExists(path.getParent());
    } catch (IOException e) {
      // Closed after a submission, whose outcome must not be lost for this.
      LOG.info("event=launch.copy_left path={} reason=\"{}\"", path, e.toString());
    }
  }
}
