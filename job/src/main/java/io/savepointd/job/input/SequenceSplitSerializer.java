package io.savepointd.job.input;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Writes the position as eight bytes. */
final class SequenceSplitSerializer implements SimpleVersionedSerializer<SequenceSplit> {
  private static final int VERSION = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(SequenceSplit split) {
    return ByteBuffer.allocate(Long.BYTES).putLong(split.next()).array();
  }

  @Override
  public SequenceSplit deserialize(int version, byte[] serialized) throws IOException {
    Versions.check("sequence's position", VERSION, version);
    if (serialized.length != Long.BYTES) {
      throw new IOException("The sequence's position has " + serialized.length + " bytes, not 8");
    }
    return new SequenceSplit(ByteBuffer.wrap(serialized).getLong());
  }
}
