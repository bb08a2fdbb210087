package io.savepointd.job.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.junit.jupiter.api.Test;

final class SerializersTest {
  private final SequenceSplitSerializer sequence = new SequenceSplitSerializer();
  private final SocketSplitSerializer socket = new SocketSplitSerializer();
  private final OptionalSerializer<SequenceSplit> optional = new OptionalSerializer<>(sequence);

  @Test
  void everySplitComesBackAsItWas() throws Exception {
    assertComesBack(sequence, new SequenceSplit(Long.MAX_VALUE - 1));
    assertComesBack(socket, new SocketSplit(List.of()));
    assertComesBack(socket, new SocketSplit(List.of("1 2", "", "ü €", "x".repeat(70_000))));
    assertComesBack(optional, Optional.empty());
    assertComesBack(optional, Optional.of(new SequenceSplit(3)));
  }

  /** These bytes are in savepoints already taken: version 1 must go on reading them. */
  @Test
  void readsTheBytesOfVersionOne() throws Exception {
    assertThat(sequence.deserialize(1, hex("000000000000002a"))).isEqualTo(new SequenceSplit(42));
    assertThat(socket.deserialize(1, hex("0000000100000003312032")))
        .isEqualTo(new SocketSplit(List.of("1 2")));
    assertThat(optional.deserialize(1, hex("00000000"))).isEmpty();
    assertThat(optional.deserialize(1, hex("00000001000000000000002a")))
        .contains(new SequenceSplit(42));
  }

  @Test
  void refusesALaterVersionAndSaysWhatToDo() {
    for (SimpleVersionedSerializer<?> each : List.of(sequence, socket, optional)) {
      assertThatThrownBy(() -> each.deserialize(2, new byte[0]))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("has version 2, this job reads 1; restore it with");
    }
  }

  @Test
  void refusesWhatIsCutShort() throws Exception {
    byte[] whole = socket.serialize(new SocketSplit(List.of("1 2")));
    assertThatThrownBy(() -> socket.deserialize(1, Arrays.copyOf(whole, whole.length - 1)))
        .isInstanceOf(EOFException.class)
        .hasMessageContaining("line 1");
    assertThatThrownBy(() -> sequence.deserialize(1, new byte[7]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("7 bytes");
  }

  private static <T> void assertComesBack(SimpleVersionedSerializer<T> serializer, T value)
      throws IOException {
    assertThat(serializer.deserialize(serializer.getVersion(), serializer.serialize(value)))
        .isEqualTo(value);
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
