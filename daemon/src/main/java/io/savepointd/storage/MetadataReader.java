package io.savepointd.storage;

import io.savepointd.model.StateFile;
import io.savepointd.model.UnreadableMetadata;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Reads a savepoint's {@code _metadata}; Flink's own reader stands behind it. */
@FunctionalInterface
public interface MetadataReader {
  /**
   * The files that the metadata refers to, each path once. Doesn't close the stream.
   *
   * @throws UnreadableMetadata if it isn't metadata that Flink can read
   * @throws IOException if the stream itself fails
   */
  List<StateFile> read(InputStream metadata) throws IOException;
}
