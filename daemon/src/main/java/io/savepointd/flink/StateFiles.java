package io.savepointd.flink;

import io.savepointd.model.StateFile;
import io.savepointd.model.UnreadableMetadata;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.state.AbstractChannelStateHandle;
import org.apache.flink.runtime.state.AbstractMergedChannelStateHandle;
import org.apache.flink.runtime.state.IncrementalKeyedStateHandle.HandleAndLocalPath;
import org.apache.flink.runtime.state.IncrementalRemoteKeyedStateHandle;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.OperatorStreamStateHandle;
import org.apache.flink.runtime.state.StateObject;
import org.apache.flink.runtime.state.changelog.ChangelogStateBackendHandle;
import org.apache.flink.runtime.state.changelog.ChangelogStateHandleStreamImpl;
import org.apache.flink.runtime.state.changelog.inmemory.InMemoryChangelogStateHandle;
import org.apache.flink.runtime.state.filemerging.EmptySegmentFileStateHandle;
import org.apache.flink.runtime.state.filemerging.SegmentFileStateHandle;
import org.apache.flink.runtime.state.filesystem.FileStateHandle;
import org.apache.flink.runtime.state.filesystem.RelativeFileStateHandle;
import org.apache.flink.runtime.state.memory.ByteStreamStateHandle;

/**
 * Walks a checkpoint's state handles down to the files they lie in. A kind of handle that this
 * doesn't know makes the whole unreadable, since what can't be followed can't be proven complete.
 */
final class StateFiles {
  private final Map<String, StateFile> files = new LinkedHashMap<>();

  private StateFiles() {}

  static List<StateFile> of(CheckpointMetadata metadata) throws UnreadableMetadata {
    StateFiles walk = new StateFiles();
    // Master states and coordinator states carry their bytes in the metadata itself.
    for (OperatorState operator : metadata.getOperatorStates()) {
      for (OperatorSubtaskState subtask : operator.getStates()) {
        walk.visitAll(subtask.getManagedOperatorState());
        walk.visitAll(subtask.getRawOperatorState());
        walk.visitAll(subtask.getManagedKeyedState());
        walk.visitAll(subtask.getRawKeyedState());
        walk.visitAll(subtask.getInputChannelState());
        walk.visitAll(subtask.getUpstreamOutputBufferState());
        walk.visitAll(subtask.getResultSubpartitionState());
      }
    }
    return List.copyOf(walk.files.values());
  }

  private void visitAll(Collection<? extends StateObject> handles) throws UnreadableMetadata {
    for (StateObject handle : handles) {
      visit(handle);
    }
  }

  private void visit(StateObject handle) throws UnreadableMetadata {
    if (handle instanceof KeyGroupsStateHandle keyed) {
      visit(keyed.getDelegateStateHandle());
    } else if (handle instanceof OperatorStreamStateHandle operator) {
      visit(operator.getDelegateStateHandle());
    } else if (handle instanceof IncrementalRemoteKeyedStateHandle incremental) {
      visit(incremental.getMetaDataStateHandle());
      visitPaths(incremental.getSharedState());
      visitPaths(incremental.getPrivateState());
    } else if (handle instanceof AbstractChannelStateHandle<?> channel) {
      visit(channel.getDelegate());
    } else if (handle instanceof AbstractMergedChannelStateHandle<?, ?> channels) {
      visit(channels.getDelegate());
    } else if (handle instanceof ChangelogStateBackendHandle changelog) {
      visitAll(changelog.getMaterializedStateHandles());
      visitAll(changelog.getNonMaterializedStateHandles());
    } else if (handle instanceof ChangelogStateHandleStreamImpl changes) {
      for (Tuple2<? extends StateObject, Long> change : changes.getHandlesAndOffsets()) {
        visit(change.f0);
      }
    } else {
      visitLeaf(handle);
    }
  }

  private void visitPaths(List<HandleAndLocalPath> handles) throws UnreadableMetadata {
    for (HandleAndLocalPath handle : handles) {
      visit(handle.getHandle());
    }
  }

  private void visitLeaf(StateObject handle) throws UnreadableMetadata {
    if (handle instanceof RelativeFileStateHandle relative) {
      whole(relative.getRelativePath(), relative.getStateSize());
    } else if (handle instanceof FileStateHandle absolute) {
      whole(absolute.getFilePath().toString(), absolute.getStateSize());
    } else if (handle instanceof EmptySegmentFileStateHandle) {
      // File merging writes it where a subtask has nothing to say; its path is made up.
      return;
    } else if (handle instanceof SegmentFileStateHandle segment) {
      add(
          new StateFile(
              segment.getFilePath().toString(),
              segment.getStartPos() + segment.getStateSize(),
              false));
    } else if (!(handle instanceof ByteStreamStateHandle
        || handle instanceof InMemoryChangelogStateHandle)) {
      String kind = handle == null ? "nothing" : handle.getClass().getName();
      throw new UnreadableMetadata(
          "the metadata refers to " + kind + ", which savepointd can't follow to a file", null);
    }
  }

  private void whole(String path, long bytes) throws UnreadableMetadata {
    add(new StateFile(path, bytes, true));
  }

  /** Of several handles into one file only the least length that satisfies all can be relied on. */
  private void add(StateFile file) throws UnreadableMetadata {
    if (file.path().isBlank() || file.bytes() < 0) {
      throw new UnreadableMetadata(
          "the metadata refers to " + file.bytes() + " bytes in '" + file.path() + "'", null);
    }
    files.merge(
        file.path(),
        file,
        (one, other) -> new StateFile(one.path(), Math.max(one.bytes(), other.bytes()), false));
  }
}
