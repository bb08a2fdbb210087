package io.savepointd.storage;

import io.savepointd.model.CheckpointContents;
import io.savepointd.model.UnreadableMetadata;
import java.io.IOException;
import java.io.InputStream;

/** Reads a savepoint's {@code _metadata}; Flink's own reader stands behind it. */
@FunctionalInterface
public interface MetadataReader {
  /**
   * What the metadata tells. Doesn't close the stream.
   *
   * @throws UnreadableMetadata if it isn't metadata that Flink can read
   * @throws IOException if the stream itself fails
   */
  CheckpointContents read(InputStream metadata) throws IOException;
}
