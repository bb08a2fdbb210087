package io.savepointd.job.input;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Writes a value that may be absent: the version of the value's serializer, then its bytes. */
final class OptionalSerializer<T> implements SimpleVersionedSerializer<Optional<T>> {
  private static final int VERSION = 1;
  private static final int ABSENT = 0;

  private final SimpleVersionedSerializer<T> inner;

  OptionalSerializer(SimpleVersionedSerializer<T> inner) {
    this.inner = inner;
  }

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(Optional<T> value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      if (value.isEmpty()) {
        out.writeInt(ABSENT);
      } else {
        out.writeInt(inner.getVersion());
        out.write(inner.serialize(value.get()));
      }
    }
    return bytes.toByteArray();
  }

  @Override
  public Optional<T> deserialize(int version, byte[] serialized) throws IOException {
    Versions.check("enumerator state", VERSION, version);
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized))) {
      int innerVersion = in.readInt();
      return innerVersion == ABSENT
          ? Optional.empty()
          : Optional.of(inner.deserialize(innerVersion, in.readAllBytes()));
    }
  }
}
