package io.savepointd.job.input;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Writes the number of pending lines, then each with its length in bytes of UTF-8. */
final class SocketSplitSerializer implements SimpleVersionedSerializer<SocketSplit> {
  private static final int VERSION = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(SocketSplit split) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(split.pending().size());
      for (String line : split.pending()) {
        byte[] utf8 = line.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
      }
    }
    return bytes.toByteArray();
  }

  @Override
  public SocketSplit deserialize(int version, byte[] serialized) throws IOException {
    Versions.check("socket's pending lines", VERSION, version);
    List<String> pending = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized))) {
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        int length = in.readInt();
        byte[] utf8 = in.readNBytes(length);
        if (utf8.length < length) {
          throw new EOFException("The socket's pending lines end within line " + (i + 1));
        }
        pending.add(new String(utf8, StandardCharsets.UTF_8));
      }
    }
    return new SocketSplit(pending);
  }
}
