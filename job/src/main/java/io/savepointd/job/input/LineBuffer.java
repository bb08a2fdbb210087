package io.savepointd.job.input;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Hands lines from the network thread to the task's thread. The network thread waits while it is
 * full, which slows the peer down; the task's thread never waits.
 */
final class LineBuffer {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final int maxLines;
  private final long maxChars;
  private final Deque<String> lines = new ArrayDeque<>();
  private CompletableFuture<Void> available = new CompletableFuture<>();
  private long chars;
  private boolean closed;

  LineBuffer(int maxLines, long maxChars) {
    this.maxLines = maxLines;
    this.maxChars = maxChars;
  }

  /** Takes lines back from a checkpoint, whatever the bounds say. */
  void restore(Collection<String> pending) {
    pending.forEach(this::append);
  }

  /** Waits for room; once closed, the line is dropped. */
  void put(String line) throws InterruptedException {
    synchronized (this) {
      while (!closed && !lines.isEmpty() && isFull(line)) {
        wait(LOOK_AGAIN.toMillis());
      }
      if (closed) {
        return;
      }
    }
    append(line);
  }

  private boolean isFull(String line) {
    return lines.size() >= maxLines || chars + line.length() > maxChars;
  }

  private void append(String line) {
    CompletableFuture<Void> told;
    synchronized (this) {
      lines.addLast(line);
      chars += line.length();
      told = available;
    }
    // Outside the lock: it runs Flink's code.
    told.complete(null);
  }

  synchronized Optional<String> poll() {
    Optional<String> line = Optional.ofNullable(lines.pollFirst());
    line.ifPresent(taken -> chars -= taken.length());
    if (lines.isEmpty() && available.isDone()) {
      available = new CompletableFuture<>();
    }
    notifyAll();
    return line;
  }

  /** Is complete, or will be, when there is a line. */
  synchronized CompletableFuture<Void> available() {
    return available;
  }

  synchronized List<String> content() {
    return List.copyOf(lines);
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
