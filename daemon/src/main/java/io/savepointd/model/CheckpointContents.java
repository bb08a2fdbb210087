package io.savepointd.model;

import java.util.List;

/**
 * What the {@code _metadata} of a savepoint or checkpoint tells.
 *
 * @param id its number in its run, which has one counter for both
 * @param files what it refers to, each path once
 */
public record CheckpointContents(long id, List<StateFile> files) {
  /** Copies the list. */
  public CheckpointContents {
    files = List.copyOf(files);
  }
}
