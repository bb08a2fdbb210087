package io.savepointd.simulation;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/** What has happened: the last of it in words, and all of it in one number. */
final class Trace {
  private static final int KEPT = 60;

  private final Supplier<Instant> time;
  private final Deque<String> last = new ArrayDeque<>();
  private long digest = 1;
  private long count;

  Trace(Supplier<Instant> time) {
    this.time = time;
  }

  void add(String what) {
    String line = time.get() + " " + what;
    digest = digest * 1_000_003 + line.hashCode();
    count++;
    last.add(line);
    if (last.size() > KEPT) {
      last.remove();
    }
  }

  /** The same for two simulations only if the same happened in both. */
  String digest() {
    return count + ":" + Long.toHexString(digest);
  }

  List<String> last() {
    return List.copyOf(last);
  }
}
