package io.savepointd.flink;

import static io.savepointd.flink.MetadataBytes.KEYS;
import static io.savepointd.flink.MetadataBytes.absolute;
import static io.savepointd.flink.MetadataBytes.inMetadata;
import static io.savepointd.flink.MetadataBytes.keyed;
import static io.savepointd.flink.MetadataBytes.relative;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.model.CheckpointContents;
import io.savepointd.model.StateFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.StateObjectCollection;
import org.apache.flink.runtime.checkpoint.channel.InputChannelInfo;
import org.apache.flink.runtime.checkpoint.channel.ResultSubpartitionInfo;
import org.apache.flink.runtime.checkpoint.filemerging.LogicalFile;
import org.apache.flink.runtime.checkpoint.metadata.MetadataSerializer;
import org.apache.flink.runtime.checkpoint.metadata.MetadataV4Serializer;
import org.apache.flink.runtime.checkpoint.metadata.MetadataV5Serializer;
import org.apache.flink.runtime.checkpoint.metadata.MetadataV6Serializer;
import org.apache.flink.runtime.state.CheckpointedStateScope;
import org.apache.flink.runtime.state.IncrementalKeyedStateHandle.HandleAndLocalPath;
import org.apache.flink.runtime.state.IncrementalRemoteKeyedStateHandle;
import org.apache.flink.runtime.state.InputChannelStateHandle;
import org.apache.flink.runtime.state.KeyGroupRangeOffsets;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.MergedResultSubpartitionStateHandle;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.OperatorStreamStateHandle;
import org.apache.flink.runtime.state.ResultSubpartitionStateHandle;
import org.apache.flink.runtime.state.StreamStateHandle;
import org.apache.flink.runtime.state.changelog.ChangelogStateBackendHandle.ChangelogStateBackendHandleImpl;
import org.apache.flink.runtime.state.changelog.ChangelogStateHandleStreamImpl;
import org.apache.flink.runtime.state.changelog.SequenceNumber;
import org.apache.flink.runtime.state.changelog.StateChange;
import org.apache.flink.runtime.state.changelog.inmemory.InMemoryChangelogStateHandle;
import org.apache.flink.runtime.state.filemerging.DirectoryStreamStateHandle;
import org.apache.flink.runtime.state.filemerging.EmptySegmentFileStateHandle;
import org.apache.flink.runtime.state.filemerging.FileMergingOperatorStreamStateHandle;
import org.apache.flink.runtime.state.filemerging.SegmentFileStateHandle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FlinkMetadataTest {
  private static final Map<String, OperatorStateHandle.StateMetaInfo> OFFSETS =
      Map.of(
          "offsets",
          new OperatorStateHandle.StateMetaInfo(
              new long[] {0, 8}, OperatorStateHandle.Mode.SPLIT_DISTRIBUTE));

  @Test
  void findsFilesOfSavepointByTheirRelativePaths() throws IOException {
    assertThat(read(keyed(relative("a1b2", 42_000)), keyed(relative("c3d4", 7))))
        .containsExactly(new StateFile("a1b2", 42_000, true), new StateFile("c3d4", 7, true));
  }

  @Test
  void findsNoFilesWhereStateIsInsideTheMetadata() throws IOException {
    assertThat(read(keyed(inMetadata()))).isEmpty();
    assertThat(read()).isEmpty();
  }

  @Test
  void findsFilesOfOperatorStateManagedAndRaw() throws IOException {
    assertThat(
            read(
                OperatorSubtaskState.builder()
                    .setManagedOperatorState(
                        new OperatorStreamStateHandle(OFFSETS, relative("managed", 1)))
                    .setRawOperatorState(new OperatorStreamStateHandle(OFFSETS, relative("raw", 2)))
                    .setRawKeyedState(
                        new KeyGroupsStateHandle(
                            new KeyGroupRangeOffsets(KEYS, new long[] {0, 10}),
                            relative("rawkeyed", 3)))
                    .build()))
        .extracting(StateFile::path)
        .containsExactlyInAnyOrder("managed", "raw", "rawkeyed");
  }

  @Test
  void findsSharedPrivateAndMetaFilesOfIncrementalState() throws IOException {
    KeyedStateHandle incremental =
        new IncrementalRemoteKeyedStateHandle(
            UUID.randomUUID(),
            KEYS,
            1,
            List.of(HandleAndLocalPath.of(absolute("hdfs://n:1/shared/s1", 100), "000010.sst")),
            List.of(HandleAndLocalPath.of(absolute("hdfs://n:1/chk-1/p1", 20), "MANIFEST")),
            absolute("hdfs://n:1/chk-1/m1", 3));

    assertThat(read(managed(incremental)))
        .containsExactlyInAnyOrder(
            new StateFile("hdfs://n:1/shared/s1", 100, true),
            new StateFile("hdfs://n:1/chk-1/p1", 20, true),
            new StateFile("hdfs://n:1/chk-1/m1", 3, true));
  }

  @Test
  void countsFileOfManyChannelsOnce() throws IOException {
    StreamStateHandle shared = relative("channels", 900);
    OperatorSubtaskState subtask =
        OperatorSubtaskState.builder()
            .setInputChannelState(
                new StateObjectCollection<>(
                    List.of(
                        new InputChannelStateHandle(
                            0, new InputChannelInfo(0, 0), shared, List.of(0L), 100),
                        new InputChannelStateHandle(
                            0, new InputChannelInfo(0, 1), shared, List.of(100L), 200))))
            .setResultSubpartitionState(
                new StateObjectCollection<>(
                    List.of(
                        new ResultSubpartitionStateHandle(
                            0, new ResultSubpartitionInfo(0, 0), shared, List.of(300L), 50),
                        new MergedResultSubpartitionStateHandle(
                            0, relative("merged", 70), 60, new byte[0]))))
            .build();

    assertThat(read(subtask))
        .containsExactlyInAnyOrder(
            new StateFile("channels", 900, false), new StateFile("merged", 70, true));
  }

  @Test
  void takesLeastLengthThatHoldsEverySegmentOfMergedFile() throws IOException {
    String file = "hdfs://n:1/shared/merged-1";

    assertThat(read(keyed(segment(file, 500, 40)), keyed(segment(file, 100, 300)), keyed(empty())))
        .containsExactly(new StateFile(file, 540, false));
  }

  @Test
  void findsSegmentBehindMergedOperatorState() throws IOException {
    OperatorSubtaskState subtask =
        OperatorSubtaskState.builder()
            .setManagedOperatorState(
                new FileMergingOperatorStreamStateHandle(
                    DirectoryStreamStateHandle.of(new Path("hdfs://n:1/taskowned/1")),
                    DirectoryStreamStateHandle.of(new Path("hdfs://n:1/shared/1")),
                    OFFSETS,
                    segment("hdfs://n:1/taskowned/1/f", 0, 12)))
            .build();

    assertThat(read(subtask)).containsExactly(new StateFile("hdfs://n:1/taskowned/1/f", 12, false));
  }

  @Test
  void findsMaterializedAndUnmaterializedFilesOfChangelog() throws IOException {
    KeyedStateHandle changelog =
        new ChangelogStateBackendHandleImpl(
            List.of(
                new KeyGroupsStateHandle(
                    new KeyGroupRangeOffsets(KEYS, new long[] {0, 10}),
                    absolute("hdfs://n:1/chk-1/base", 80))),
            List.of(
                new ChangelogStateHandleStreamImpl(
                    List.of(Tuple2.of(absolute("hdfs://n:1/dstl/d1", 30), 5L)),
                    KEYS,
                    30,
                    30,
                    "filesystem"),
                new InMemoryChangelogStateHandle(
                    List.of(StateChange.ofDataChange(1, new byte[] {1})),
                    SequenceNumber.of(1),
                    SequenceNumber.of(2),
                    KEYS)),
            KEYS,
            1,
            1,
            80);

    assertThat(read(managed(changelog)))
        .containsExactlyInAnyOrder(
            new StateFile("hdfs://n:1/chk-1/base", 80, true),
            new StateFile("hdfs://n:1/dstl/d1", 30, true));
  }

  @ParameterizedTest
  @MethodSource
  void readsEarlierVersionsOfTheFormat(MetadataSerializer version) throws IOException {
    byte[] metadata = MetadataBytes.of(version, keyed(relative("a1b2", 9)));

    CheckpointContents contents = FlinkMetadata.read(new ByteArrayInputStream(metadata));
    assertThat(contents.id()).isEqualTo(7);
    assertThat(contents.files()).containsExactly(new StateFile("a1b2", 9, true));
  }

  static List<MetadataSerializer> readsEarlierVersionsOfTheFormat() {
    return List.of(
        MetadataV4Serializer.INSTANCE,
        MetadataV5Serializer.INSTANCE,
        MetadataV6Serializer.INSTANCE);
  }

  private static OperatorSubtaskState managed(KeyedStateHandle state) {
    return OperatorSubtaskState.builder().setManagedKeyedState(state).build();
  }

  private static SegmentFileStateHandle segment(String path, long start, long size) {
    return new SegmentFileStateHandle(
        new Path(path),
        start,
        size,
        CheckpointedStateScope.SHARED,
        new LogicalFile.LogicalFileId("l"));
  }

  private static SegmentFileStateHandle empty() {
    return EmptySegmentFileStateHandle.INSTANCE;
  }

  private static List<StateFile> read(OperatorSubtaskState... subtasks) throws IOException {
    return FlinkMetadata.read(new ByteArrayInputStream(MetadataBytes.of(subtasks))).files();
  }
}
