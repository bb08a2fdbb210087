package io.savepointd.flink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A savepoint on local disk, good by Flink's own reader. */
public final class SavepointMadeByHand {
  private SavepointMadeByHand() {}

  /** Writes one with a state file of 20 bytes; its directory. */
  public static Path in(Path directory) throws IOException {
    Path savepoint = Files.createDirectories(directory.resolve("savepoint-by-hand"));
    Files.write(savepoint.resolve("state"), new byte[20]);
    Files.write(
        savepoint.resolve("_metadata"),
        MetadataBytes.of(MetadataBytes.keyed(MetadataBytes.relative("state", 20))));
    return savepoint;
  }
}
