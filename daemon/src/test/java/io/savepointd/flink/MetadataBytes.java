package io.savepointd.flink;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.checkpoint.CheckpointProperties;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.MasterState;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.checkpoint.metadata.MetadataSerializer;
import org.apache.flink.runtime.checkpoint.metadata.MetadataV6Serializer;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeOffsets;
import org.apache.flink.runtime.state.KeyGroupsSavepointStateHandle;
import org.apache.flink.runtime.state.StreamStateHandle;
import org.apache.flink.runtime.state.filesystem.FileStateHandle;
import org.apache.flink.runtime.state.filesystem.RelativeFileStateHandle;
import org.apache.flink.runtime.state.memory.ByteStreamStateHandle;

/** Writes {@code _metadata} with Flink's own serializer, as Flink itself would. */
public final class MetadataBytes {
  static final KeyGroupRange KEYS = KeyGroupRange.of(0, 1);

  private MetadataBytes() {}

  /** Metadata of one operator, which has these subtasks beside coordinator and master state. */
  public static byte[] of(OperatorSubtaskState... subtasks) {
    return of(MetadataV6Serializer.INSTANCE, subtasks);
  }

  static byte[] of(MetadataSerializer version, OperatorSubtaskState... subtasks) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      Checkpoints.storeCheckpointMetadata(metadata(subtasks), new DataOutputStream(bytes), version);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The same before it is written. */
  static CheckpointMetadata metadata(OperatorSubtaskState... subtasks) {
    OperatorState operator = new OperatorState("count", "count", new OperatorID(1, 2), 4, 128);
    operator.setCoordinatorState(new ByteStreamStateHandle("coordinator", new byte[] {1, 2, 3}));
    for (int i = 0; i < subtasks.length; i++) {
      operator.putState(i, subtasks[i]);
    }
    return new CheckpointMetadata(
        7,
        List.of(operator),
        List.of(new MasterState("master", new byte[] {4, 5}, 1)),
        CheckpointProperties.forSavepoint(false, SavepointFormatType.CANONICAL));
  }

  static StreamStateHandle relative(String name, long bytes) {
    return new RelativeFileStateHandle(new Path("file:/elsewhere/" + name), name, bytes);
  }

  static StreamStateHandle absolute(String path, long bytes) {
    return new FileStateHandle(new Path(path), bytes);
  }

  static StreamStateHandle inMetadata() {
    return new ByteStreamStateHandle("inside", new byte[] {6, 7, 8});
  }

  /** A subtask whose managed keyed state is what a canonical savepoint has. */
  static OperatorSubtaskState keyed(StreamStateHandle file) {
    return OperatorSubtaskState.builder()
        .setManagedKeyedState(
            new KeyGroupsSavepointStateHandle(
                new KeyGroupRangeOffsets(KEYS, new long[] {0, 10}), file))
        .build();
  }
}
