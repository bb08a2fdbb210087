package io.savepointd.doctor;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Carries checks out, those at the same time that don't wait for each other, and tells their
 * verdicts in their order. One that hangs is given up after the deadline, and its thread left to
 * the end of the process.
 */
public final class Examination implements AutoCloseable {
  private final List<Check> checks;
  private final Duration deadline;
  private final Runnable cleanup;
  private volatile boolean closed;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "doctor");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * An examination not yet begun.
   *
   * @param checks each named after those it waits for
   * @param deadline of each check, counted from when it begins
   * @param cleanup carried out by {@link #close}
   */
  public Examination(List<Check> checks, Duration deadline, Runnable cleanup) {
    this.checks = List.copyOf(checks);
    this.deadline = deadline;
    this.cleanup = cleanup;
  }

  /** Their names, in order. */
  public List<String> names() {
    return checks.stream().map(Check::name).toList();
  }

  /** Begins them all, and tells each verdict once it and those before it are known. */
  public Report run(Consumer<Line> told) {
    Map<String, CompletableFuture<Verdict>> verdicts = new HashMap<>();
    for (Check check : checks) {
      verdicts.put(check.name(), begin(check, verdicts));
    }
    List<Line> lines = new ArrayList<>();
    for (Check check : checks) {
      Line line = new Line(check.name(), verdicts.get(check.name()).join());
      if (!closed) { // on Ctrl-C what follows fails for that alone
        told.accept(line);
      }
      lines.add(line);
    }
    return new Report(lines);
  }

  private CompletableFuture<Verdict> begin(
      Check check, Map<String, CompletableFuture<Verdict>> before) {
    Map<String, CompletableFuture<Verdict>> needed = new LinkedHashMap<>();
    check.needs().forEach(name -> needed.put(name, known(name, before)));
    List<CompletableFuture<Verdict>> awaited = new ArrayList<>(needed.values());
    check.after().forEach(name -> awaited.add(known(name, before)));
    return CompletableFuture.allOf(awaited.toArray(CompletableFuture<?>[]::new))
        .thenCompose(
            all ->
                obstacle(needed)
                    .map(CompletableFuture::completedFuture)
                    .orElseGet(() -> inTime(check)));
  }

  private static CompletableFuture<Verdict> known(
      String name, Map<String, CompletableFuture<Verdict>> before) {
    return Optional.ofNullable(before.get(name))
        .orElseThrow(() -> new IllegalArgumentException("no check '" + name + "' comes before"));
  }

  /** Why there is nothing to look at: the check at the root of it, not the ones in between. */
  private static Optional<Verdict> obstacle(Map<String, CompletableFuture<Verdict>> needed) {
    for (Map.Entry<String, CompletableFuture<Verdict>> each : needed.entrySet()) {
      Verdict verdict = each.getValue().join();
      if (verdict instanceof Verdict.Failed) {
        return Optional.of(new Verdict.Skipped("needs " + each.getKey() + ", which failed"));
      }
      if (verdict instanceof Verdict.Skipped) {
        return Optional.of(verdict);
      }
    }
    return Optional.empty();
  }

  private CompletableFuture<Verdict> inTime(Check check) {
    String late = "no answer within " + deadline.toMillis() / 1000.0 + " s";
    return CompletableFuture.supplyAsync(() -> verdict(check), threads)
        .completeOnTimeout(
            new Verdict.Failed(late, check.remedy(new InterruptedIOException(late))),
            deadline.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private static Verdict verdict(Check check) {
    try {
      return check.look();
    } catch (IOException e) {
      return new Verdict.Failed(said(e), check.remedy(e));
    } catch (RuntimeException e) {
      return new Verdict.Failed("a bug of savepointd: " + e, "report it with this line");
    }
  }

  private static String said(IOException failure) {
    return Optional.ofNullable(failure.getMessage())
        .filter(message -> !message.isBlank())
        .map(message -> message.lines().findFirst().orElse(message))
        .orElseGet(() -> failure.getClass().getSimpleName());
  }

  /**
   * Removes what the checks have made, and tells nothing more. Threads are left to end by
   * themselves, or with the process: a check that finds none would fail for that. Harmless when
   * repeated, from any thread.
   */
  @Override
  public void close() {
    closed = true;
    cleanup.run();
  }
}
