package io.savepointd.flink;

import static io.savepointd.flink.MetadataBytes.keyed;
import static io.savepointd.flink.MetadataBytes.relative;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.savepointd.model.StateFile;
import io.savepointd.model.UnreadableMetadata;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DamagedMetadataTest {
  private static final int MAGIC = 0x4960672d;

  private final byte[] good = MetadataBytes.of(keyed(relative("a1b2", 42_000)));

  @Test
  void refusesEmptyFile() {
    assertUnreadable(new byte[0]);
  }

  @Test
  void refusesFileCutAnywhere() {
    // Every byte of what the handles are in, steps through the serialized properties behind it.
    for (int length = 0; length < good.length; length += length < 250 ? 1 : 9) {
      assertUnreadable(Arrays.copyOf(good, length));
    }
    assertUnreadable(Arrays.copyOf(good, good.length - 1));
  }

  @Test
  void refusesWrongMagicNumber() {
    byte[] bytes = good.clone();
    bytes[0]++;

    assertUnreadable(bytes);
  }

  @Test
  void refusesVersionOfTheFuture() {
    byte[] bytes = good.clone();
    ByteBuffer.wrap(bytes).putInt(4, 99);

    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(UnreadableMetadata.class)
        .hasMessageContaining("99");
  }

  @Test
  void refusesAbsurdLengthWithoutLosingTheProcess() {
    ByteBuffer bytes = ByteBuffer.allocate(64);
    // One master state of 2 GiB.
    bytes.putInt(MAGIC).putInt(6).putLong(1).putInt(1).putInt(0xc96b1696).putInt(0x7fffffff);

    assertUnreadable(bytes.array());
  }

  @Test
  void neitherHangsNorFailsOtherwiseOnGarbageBehindGoodHeader() throws IOException {
    Random random = new Random(20260101);
    for (int i = 0; i < 60; i++) {
      byte[] bytes = good.clone();
      for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
        bytes[8 + random.nextInt(bytes.length - 8)] = (byte) random.nextInt();
      }
      try {
        // A changed byte in a name or a length goes unnoticed here; the files' check sees it.
        assertThat(read(bytes)).hasSizeLessThanOrEqualTo(1);
      } catch (UnreadableMetadata e) {
        assertThat(e).hasMessageStartingWith("Flink can't read these " + bytes.length);
      }
    }
  }

  @Test
  void passesOnThatTheStreamFailedAndSaysNothingOfTheSavepoint() {
    InputStream failing =
        new FilterInputStream(InputStream.nullInputStream()) {
          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            throw new IOException("connection reset");
          }
        };

    assertThatThrownBy(() -> FlinkMetadata.read(failing))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("connection reset");
  }

  @Test
  void leavesStreamOpen() throws IOException {
    AtomicBoolean closed = new AtomicBoolean();
    InputStream in =
        new ByteArrayInputStream(good) {
          @Override
          public void close() {
            closed.set(true);
          }
        };

    var unused = FlinkMetadata.read(in);

    assertThat(closed).isFalse();
  }

  @Test
  void leavesNothingBehindOnDisk() throws IOException {
    read(good);
    long before = copies();

    read(good);
    assertUnreadable(Arrays.copyOf(good, 20));

    assertThat(copies()).isEqualTo(before);
  }

  private static long copies() throws IOException {
    Path temporary = Files.createTempFile("beside", "");
    try (Stream<Path> entries = Files.list(temporary.getParent())) {
      return entries
          .filter(entry -> entry.getFileName().toString().startsWith("savepointd-metadata-"))
          .count();
    } finally {
      Files.delete(temporary);
    }
  }

  private static void assertUnreadable(byte[] bytes) {
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(UnreadableMetadata.class)
        .hasMessageStartingWith("Flink can't read these " + bytes.length + " bytes");
  }

  private static List<StateFile> read(byte[] bytes) throws IOException {
    return FlinkMetadata.read(new ByteArrayInputStream(bytes)).files();
  }
}
