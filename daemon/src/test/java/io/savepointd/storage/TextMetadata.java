package io.savepointd.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.savepointd.model.CheckpointContents;
import io.savepointd.model.StateFile;
import io.savepointd.model.UnreadableMetadata;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Metadata as text: a line for its id unless that is 0, one for each file, and a last one without
 * which it counts as cut off.
 */
public final class TextMetadata implements MetadataReader {
  private static final String END = "end";
  private static final String ID = "id ";

  /** The text that refers to these files. */
  public static String of(StateFile... files) {
    return Stream.concat(Stream.of(files).map(TextMetadata::line), Stream.of(END))
        .collect(Collectors.joining("\n"));
  }

  /** The same, with an id. */
  public static String of(long id, StateFile... files) {
    return ID + id + "\n" + of(files);
  }

  private static String line(StateFile file) {
    return file.bytes() + (file.exact() ? " exactly " : " atleast ") + file.path();
  }

  @Override
  public CheckpointContents read(InputStream metadata) throws IOException {
    List<String> lines = new String(metadata.readAllBytes(), UTF_8).lines().toList();
    if (lines.isEmpty() || !lines.get(lines.size() - 1).equals(END)) {
      throw new UnreadableMetadata("no end line", new IOException("cut off"));
    }
    boolean numbered = lines.get(0).startsWith(ID);
    return new CheckpointContents(
        numbered ? Long.parseLong(lines.get(0).substring(ID.length())) : 0,
        lines.subList(numbered ? 1 : 0, lines.size() - 1).stream()
            .map(TextMetadata::file)
            .toList());
  }

  private static StateFile file(String line) {
    String[] parts = line.split(" ", 3);
    return new StateFile(parts[2], Long.parseLong(parts[0]), parts[1].equals("exactly"));
  }
}
