package io.savepointd.flink;

import static io.savepointd.flink.MetadataBytes.KEYS;
import static io.savepointd.flink.MetadataBytes.absolute;
import static io.savepointd.flink.MetadataBytes.keyed;
import static io.savepointd.flink.MetadataBytes.relative;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.savepointd.model.StateFile;
import io.savepointd.model.UnreadableMetadata;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.StateObjectCollection;
import org.apache.flink.runtime.checkpoint.channel.InputChannelInfo;
import org.apache.flink.runtime.checkpoint.filemerging.LogicalFile;
import org.apache.flink.runtime.checkpoint.metadata.MetadataV2V3SerializerBase;
import org.apache.flink.runtime.state.CheckpointedStateScope;
import org.apache.flink.runtime.state.IncrementalKeyedStateHandle.HandleAndLocalPath;
import org.apache.flink.runtime.state.IncrementalRemoteKeyedStateHandle;
import org.apache.flink.runtime.state.InputChannelStateHandle;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.MergedInputChannelStateHandle;
import org.apache.flink.runtime.state.PhysicalStateHandleID;
import org.apache.flink.runtime.state.PlaceholderStreamStateHandle;
import org.apache.flink.runtime.state.StreamStateHandle;
import org.apache.flink.runtime.state.changelog.ChangelogStateBackendHandle.ChangelogStateBackendHandleImpl;
import org.apache.flink.runtime.state.changelog.ChangelogStateHandleStreamImpl;
import org.apache.flink.runtime.state.filemerging.DirectoryStreamStateHandle;
import org.apache.flink.runtime.state.filemerging.EmptyFileMergingOperatorStreamStateHandle;
import org.apache.flink.runtime.state.filemerging.SegmentFileStateHandle;
import org.junit.jupiter.api.Test;

/** Each kind of handle inside each other that may hold it, and kinds that nobody knows. */
class HandleKindsTest {

  /** What RocksDB leaves with {@code execution.checkpointing.file-merging.enabled}. */
  @Test
  void findsSegmentsOfIncrementalStateInMergedFiles() throws IOException {
    String merged = "hdfs://n:1/shared/merged-1";
    KeyedStateHandle incremental =
        incremental(segment(merged, 0, 100), segment(merged, 100, 20), absolute("hdfs:/m", 3));

    assertThat(read(managed(incremental)))
        .containsExactlyInAnyOrder(
            new StateFile(merged, 120, false), new StateFile("hdfs:/m", 3, true));
  }

  /** Each of the two parts may be empty, and a base may be written by several increments. */
  @Test
  void findsIncrementalStateBelowAChangelogAndEachOfItsChanges() throws IOException {
    KeyedStateHandle changelog =
        new ChangelogStateBackendHandleImpl(
            List.of(
                incremental(
                    absolute("hdfs:/shared/s", 100),
                    absolute("hdfs:/chk-1/p", 20),
                    absolute("hdfs:/chk-1/m", 3))),
            List.of(
                new ChangelogStateHandleStreamImpl(
                    List.of(
                        Tuple2.of(absolute("hdfs:/dstl/d1", 30), 0L),
                        Tuple2.of(absolute("hdfs:/dstl/d1", 30), 17L),
                        Tuple2.of(absolute("hdfs:/dstl/d2", 40), 5L)),
                    KEYS,
                    70,
                    70,
                    "filesystem")),
            KEYS,
            1,
            1,
            123);

    assertThat(read(managed(changelog)))
        .extracting(StateFile::path)
        .containsExactlyInAnyOrder(
            "hdfs:/shared/s", "hdfs:/chk-1/p", "hdfs:/chk-1/m", "hdfs:/dstl/d1", "hdfs:/dstl/d2");
  }

  @Test
  void findsFilesOfChannelsMergedOrNot() throws IOException {
    OperatorSubtaskState subtask =
        OperatorSubtaskState.builder()
            .setInputChannelState(
                StateObjectCollection.singleton(
                    new MergedInputChannelStateHandle(
                        0, relative("in", 70), 60, new byte[] {1, 2, 3})))
            .build();

    assertThat(read(subtask)).containsExactly(new StateFile("in", 70, true));
  }

  /**
   * Only ever in memory on the way to the JobManager's metadata, but a later Flink may write it.
   */
  @Test
  void findsFilesOfBuffersTakenBackFromUpstream() throws IOException {
    OperatorSubtaskState subtask =
        OperatorSubtaskState.builder()
            .setUpstreamOutputBufferState(
                StateObjectCollection.singleton(
                    new InputChannelStateHandle(
                        0, new InputChannelInfo(0, 0), relative("up", 9), List.of(0L), 9)))
            .build();

    assertThat(StateFiles.of(MetadataBytes.metadata(subtask)))
        .containsExactly(new StateFile("up", 9, true));
  }

  @Test
  void passesOverWhatFileMergingWritesForNothing() throws IOException {
    DirectoryStreamStateHandle directory =
        DirectoryStreamStateHandle.of(new Path("hdfs://n:1/taskowned/1"));
    OperatorSubtaskState subtask =
        OperatorSubtaskState.builder()
            .setManagedOperatorState(
                EmptyFileMergingOperatorStreamStateHandle.create(directory, directory))
            .build();

    assertThat(read(subtask)).isEmpty();
  }

  @Test
  void saysWhichKindItCannotFollow() {
    StreamStateHandle unknown =
        new PlaceholderStreamStateHandle(new PhysicalStateHandleID("somewhere"), 12, false);

    assertThatThrownBy(() -> StateFiles.of(MetadataBytes.metadata(keyed(unknown))))
        .isInstanceOf(UnreadableMetadata.class)
        .hasMessageContaining("PlaceholderStreamStateHandle")
        .hasMessageContaining("can't follow");
  }

  /** A kind that Flink's own reader doesn't know is no empty one. */
  @Test
  void saysThatAKindOfALaterFlinkCannotBeRead() {
    byte[] metadata = MetadataBytes.of(keyed(relative("a1b2", 9)));
    byte known = 6; // RELATIVE_STREAM_STATE_HANDLE, before the path's length
    int at = indexOf(metadata, new byte[] {known, 0, 4, 'a', '1', 'b', '2'});
    metadata[at] = 99;

    assertThatThrownBy(() -> FlinkMetadata.read(new ByteArrayInputStream(metadata)))
        .isInstanceOf(UnreadableMetadata.class)
        .hasMessageContaining("99");
  }

  /**
   * The numbers by which Flink tells kinds apart in {@code _metadata}. If a new Flink has another,
   * {@link StateFiles} has to learn where its files are before this list is made longer.
   */
  @Test
  void knowsEveryKindThatThisFlinkWrites() {
    assertThat(
            Arrays.stream(MetadataV2V3SerializerBase.class.getDeclaredFields())
                .filter(field -> field.getType() == byte.class)
                .map(Field::getName))
        .containsExactlyInAnyOrder(
            "NULL_HANDLE",
            "BYTE_STREAM_STATE_HANDLE",
            "FILE_STREAM_STATE_HANDLE",
            "KEY_GROUPS_HANDLE",
            "PARTITIONABLE_OPERATOR_STATE_HANDLE",
            "INCREMENTAL_KEY_GROUPS_HANDLE",
            "RELATIVE_STREAM_STATE_HANDLE",
            "SAVEPOINT_KEY_GROUPS_HANDLE",
            "CHANGELOG_HANDLE",
            "CHANGELOG_BYTE_INCREMENT_HANDLE",
            "CHANGELOG_FILE_INCREMENT_HANDLE",
            "INCREMENTAL_KEY_GROUPS_HANDLE_V2",
            "KEY_GROUPS_HANDLE_V2",
            "CHANGELOG_FILE_INCREMENT_HANDLE_V2",
            "CHANGELOG_HANDLE_V2",
            "SEGMENT_FILE_HANDLE",
            "EMPTY_SEGMENT_FILE_HANDLE",
            "SEGMENT_PARTITIONABLE_OPERATOR_STATE_HANDLE");
  }

  private static KeyedStateHandle incremental(
      StreamStateHandle shared, StreamStateHandle owned, StreamStateHandle meta) {
    return new IncrementalRemoteKeyedStateHandle(
        UUID.randomUUID(),
        KEYS,
        1,
        List.of(HandleAndLocalPath.of(shared, "000010.sst")),
        List.of(HandleAndLocalPath.of(owned, "MANIFEST")),
        meta);
  }

  private static SegmentFileStateHandle segment(String path, long start, long size) {
    return new SegmentFileStateHandle(
        new Path(path),
        start,
        size,
        CheckpointedStateScope.SHARED,
        new LogicalFile.LogicalFileId("l"));
  }

  private static OperatorSubtaskState managed(KeyedStateHandle state) {
    return OperatorSubtaskState.builder().setManagedKeyedState(state).build();
  }

  private static int indexOf(byte[] all, byte[] part) {
    for (int at = 0; at + part.length <= all.length; at++) {
      if (Arrays.equals(all, at, at + part.length, part, 0, part.length)) {
        return at;
      }
    }
    throw new IllegalArgumentException("not in there");
  }

  private static List<StateFile> read(OperatorSubtaskState subtask) throws IOException {
    return FlinkMetadata.read(new ByteArrayInputStream(MetadataBytes.of(subtask))).files();
  }
}
