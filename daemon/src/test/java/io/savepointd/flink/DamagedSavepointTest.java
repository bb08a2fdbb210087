package io.savepointd.flink;

import static io.savepointd.flink.MetadataBytes.absolute;
import static io.savepointd.flink.MetadataBytes.inMetadata;
import static io.savepointd.flink.MetadataBytes.keyed;
import static io.savepointd.flink.MetadataBytes.relative;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.storage.HadoopSavepointStore;
import io.savepointd.storage.SavepointStore;
import io.savepointd.storage.StorageUnavailable;
import io.savepointd.storage.Verification;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A savepoint with its state in files, as Flink writes it from 20 KiB a handle on, damaged in every
 * way that one byte or one cut can do it: seen through the store with Flink's reader behind it.
 */
@Timeout(180)
class DamagedSavepointTest {
  private static final int LARGE = 40_000;

  @TempDir private Path world;
  private SavepointStore store;
  private Path savepoint;
  private Path shared;

  @BeforeEach
  void plant() throws IOException {
    store =
        HadoopSavepointStore.open("file:" + world + "/root", Optional.empty(), FlinkMetadata::read);
    savepoint = Files.createDirectories(world.resolve("root/averaging/1/savepoint-1"));
    shared = Files.createDirectories(world.resolve("shared"));
    Files.write(savepoint.resolve("a1b2"), new byte[LARGE]);
    Files.write(savepoint.resolve("c3d4"), new byte[LARGE + 1]);
    Files.write(shared.resolve("e5f6"), new byte[LARGE + 2]);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static byte[] ofSavepoint() {
    return MetadataBytes.of(
        keyed(relative("a1b2", LARGE)), keyed(relative("c3d4", LARGE + 1)), keyed(inMetadata()));
  }

  private byte[] ofCheckpoint() {
    return MetadataBytes.of(
        keyed(relative("a1b2", LARGE)), keyed(absolute("file:" + shared + "/e5f6", LARGE + 2)));
  }

  private Verification verify(byte[] metadata) throws IOException {
    Files.write(savepoint.resolve("_metadata"), metadata);
    return store.verify("file:" + savepoint);
  }

  private void assertDamaged(byte[] metadata, String... parts) throws IOException {
    Verification verified = verify(metadata);
    assertThat(verified).isInstanceOf(Verification.Damaged.class);
    assertThat(((Verification.Damaged) verified).reason()).contains(parts);
  }

  @Test
  void wholeOneIsGoodHoweverDeepTheLook() throws IOException {
    assertThat(verify(ofSavepoint()))
        .isEqualTo(new Verification.Good(2 * LARGE + 1 + ofSavepoint().length, 3, List.of(), 7));
    assertThat(store.verifyDeep("file:" + savepoint)).isEqualTo(verify(ofSavepoint()));
  }

  @Test
  void checkpointNamesTheDirectoryThatItShares() throws IOException {
    assertThat(verify(ofCheckpoint()))
        .isEqualTo(
            new Verification.Good(
                2 * LARGE + 2 + ofCheckpoint().length, 3, List.of("file:" + shared), 7));
  }

  @Test
  void everyPrefixIsDamaged() throws IOException {
    byte[] whole = ofSavepoint();

    for (int length = 0; length < whole.length; length++) {
      assertThat(verify(Arrays.copyOf(whole, length)))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(Verification.Damaged.class);
    }
  }

  @Test
  void everyFlippedByteIsEitherDamageOrHarmless() throws IOException {
    byte[] whole = ofSavepoint();
    List<Integer> harmful = new ArrayList<>();
    Random bits = new Random(20260201);

    for (int at = 0; at < whole.length; at++) {
      byte[] flipped = whole.clone();
      flipped[at] ^= (byte) (1 + bits.nextInt(255));
      Verification verified = verify(flipped);
      assertThat(verified)
          .as("byte %d", at)
          .isInstanceOfAny(Verification.Good.class, Verification.Damaged.class);
      if (verified instanceof Verification.Damaged) {
        harmful.add(at);
      }
    }

    assertThat(harmful).as("magic number and version").contains(0, 1, 2, 3, 4, 5, 6, 7);
  }

  /** A scheme that Hadoop doesn't know is no damage: this process may lack its jar. */
  @Test
  void flippedByteInAnAbsolutePathNeverPassesForTheFile() throws IOException {
    byte[] whole = ofCheckpoint();
    byte[] path = ("file:" + shared + "/e5f6").getBytes(java.nio.charset.StandardCharsets.UTF_8);
    int start = indexOf(whole, path);

    for (int at = start; at < start + path.length; at++) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 0x01;
      try {
        assertThat(verify(flipped)).as("byte %d", at).isInstanceOf(Verification.Damaged.class);
      } catch (StorageUnavailable e) {
        assertThat(at - start).as("in the scheme: %s", e).isLessThan("file:".length());
      }
    }
  }

  private static int indexOf(byte[] all, byte[] part) {
    for (int at = 0; at + part.length <= all.length; at++) {
      if (Arrays.equals(all, at, at + part.length, part, 0, part.length)) {
        return at;
      }
    }
    throw new IllegalArgumentException("not in there");
  }

  @Test
  void wrongMagicNumberAndFutureVersionAreNamed() throws IOException {
    byte[] wrong = ofSavepoint();
    ByteBuffer.wrap(wrong).putInt(0, 0x12345678);
    assertDamaged(wrong, "_metadata", "magic number");

    byte[] future = ofSavepoint();
    ByteBuffer.wrap(future).putInt(4, 99);
    assertDamaged(future, "_metadata", "99");
  }

  @Test
  void largeStateThatIsMissingOrCutIsNamed() throws IOException {
    Files.write(savepoint.resolve("a1b2"), new byte[LARGE - 1]);
    Files.delete(savepoint.resolve("c3d4"));
    assertDamaged(ofSavepoint(), "/a1b2 has 39999 of its 40000 bytes", "/c3d4 is missing");

    Files.write(savepoint.resolve("a1b2"), new byte[LARGE]);
    Files.write(shared.resolve("e5f6"), new byte[1]);
    assertDamaged(ofCheckpoint(), shared + "/e5f6 has 1 of its 40002 bytes");
    Files.delete(shared.resolve("e5f6"));
    assertDamaged(ofCheckpoint(), shared + "/e5f6 is missing");
  }
}
