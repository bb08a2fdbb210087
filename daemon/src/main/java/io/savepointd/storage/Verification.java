package io.savepointd.storage;

import java.util.List;
import java.util.Optional;

/** What a look at a savepoint has shown. */
public sealed interface Verification {
  /** Why it must not be restored from; empty if it is good. */
  Optional<String> fault();

  /**
   * Complete: everything it refers to is there.
   *
   * @param bytes of all its files together, {@code _metadata} among them
   * @param files how many there are
   * @param outside the directories outside its own in which files lie that it needs, fully
   *     qualified, sorted, each once; empty for an ordinary savepoint, while a retained checkpoint
   *     points into {@code shared/}
   * @param id its number in its run, which counts savepoints and checkpoints alike
   */
  record Good(long bytes, int files, List<String> outside, long id) implements Verification {
    /** Keeps a copy of the list. */
    public Good {
      outside = List.copyOf(outside);
    }

    @Override
    public Optional<String> fault() {
      return Optional.empty();
    }
  }

  /** There is no such directory, or it has no {@code _metadata}. */
  record Missing(String reason) implements Verification {
    @Override
    public Optional<String> fault() {
      return Optional.of(reason);
    }
  }

  /** Something is there that must not be restored from. */
  record Damaged(String reason) implements Verification {
    @Override
    public Optional<String> fault() {
      return Optional.of(reason);
    }
  }
}
