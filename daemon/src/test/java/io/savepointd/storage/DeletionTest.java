package io.savepointd.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.savepointd.model.JobName;
import io.savepointd.model.Occasion;
import io.savepointd.model.RunId;
import io.savepointd.model.Savepoint;
import io.savepointd.model.SavepointFormat;
import io.savepointd.model.SavepointId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Instant;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file system may say no without an exception: then the savepoint isn't gone, and a retry helps.
 */
class DeletionTest {
  private static final String ID = "0123456789abcdef0123456789abcdef";

  /** What the file system does instead of what it is asked. */
  private enum Refusal {
    NONE,
    MKDIRS,
    RENAME,
    RENAME_YET_CLAIM,
    DELETE,
    DELETE_YET_CLAIM
  }

  private static final class Stubborn extends RawLocalFileSystem {
    private Refusal refusal = Refusal.NONE;

    @Override
    public boolean mkdirs(Path path, FsPermission permission) throws IOException {
      return refusal != Refusal.MKDIRS && super.mkdirs(path, permission);
    }

    @Override
    public boolean mkdirs(Path path) throws IOException {
      return refusal != Refusal.MKDIRS && super.mkdirs(path);
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
      return switch (refusal) {
        case RENAME -> false;
        case RENAME_YET_CLAIM -> true;
        default -> super.rename(from, to);
      };
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
      return switch (refusal) {
        case DELETE -> false;
        case DELETE_YET_CLAIM -> true;
        default -> super.delete(path, recursive);
      };
    }
  }

  @TempDir private java.nio.file.Path root;
  private final Stubborn fileSystem = new Stubborn();
  private Deletion deletion;
  private java.nio.file.Path directory;
  private java.nio.file.Path tombstone;
  private Savepoint savepoint;

  @BeforeEach
  void plant() throws IOException {
    fileSystem.initialize(URI.create("file:///"), new Configuration());
    deletion = new Deletion(fileSystem, new StorageRoot(new Path("file:" + root)));
    directory = root.resolve("averaging").resolve(ID);
    tombstone = root.resolve(".savepointd/trash/averaging-" + ID);
    Files.createDirectories(directory.resolve("savepoint-1"));
    Files.writeString(directory.resolve("savepoint-1/_metadata"), "1");
    savepoint =
        new Savepoint(
            new SavepointId(ID),
            new JobName("averaging"),
            new RunId("f".repeat(32)),
            new Occasion.Requested(),
            SavepointFormat.CANONICAL,
            "file:" + directory + "/savepoint-1",
            Instant.EPOCH,
            1,
            Savepoint.State.EXPIRED);
  }

  @AfterEach
  void close() throws IOException {
    fileSystem.close();
  }

  private void assertFailsFirst(Refusal refusal, String... parts) throws IOException {
    fileSystem.refusal = refusal;
    assertThatThrownBy(() -> deletion.delete(savepoint))
        .isInstanceOf(IOException.class)
        .message()
        .contains(parts);
    boolean whole = Files.exists(directory.resolve("savepoint-1/_metadata"));
    boolean buried = Files.exists(tombstone.resolve("savepoint-1/_metadata"));
    assertThat(whole ^ buried).as("all of it in one of the two places").isTrue();

    fileSystem.refusal = Refusal.NONE;
    deletion.delete(savepoint);
    assertThat(directory).doesNotExist();
    assertThat(tombstone).doesNotExist();
  }

  @Test
  void saysWhenTheTrashCannotBeMade() throws IOException {
    assertFailsFirst(Refusal.MKDIRS, "could not create", "trash");
  }

  @Test
  void saysWhenTheRenameIsRefused() throws IOException {
    assertFailsFirst(Refusal.RENAME, "could not rename", directory.toString());
  }

  @Test
  void saysWhenTheRenameDidNothing() throws IOException {
    assertFailsFirst(Refusal.RENAME_YET_CLAIM, directory.toString(), "still there");
  }

  @Test
  void saysWhenTheDeletionIsRefused() throws IOException {
    assertFailsFirst(Refusal.DELETE, tombstone.toString(), "still there");
  }

  @Test
  void saysWhenTheDeletionDidNothing() throws IOException {
    assertFailsFirst(Refusal.DELETE_YET_CLAIM, tombstone.toString(), "still there");
  }
}
