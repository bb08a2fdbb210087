package io.savepointd.acceptance.chaos;

import io.savepointd.acceptance.world.CommandResult;
import io.savepointd.acceptance.world.Installed;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A person who types commands at random moments, on a thread of its own, and kills some that take
 * long. Where no daemon answers, the command takes the ledger and acts on its own.
 */
final class Operator implements AutoCloseable {

  /** All that docs/operations.md promises but wrong usage; any of them is right in a chaos. */
  private static final Set<Integer> EXIT_CODES = Set.of(0, 1, 3, 4);

  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("savepoint"),
          List.of("prune"),
          List.of("restore-latest", "--replace"),
          List.of("lineage"));

  private static final Duration LONGEST_REST = Duration.ofSeconds(8);
  private static final Duration LONGEST_PATIENCE = Duration.ofSeconds(20);
  private static final Duration END = Duration.ofSeconds(60);

  private final Installed savepointd;
  private final Random random;
  private final List<String> story = Collections.synchronizedList(new ArrayList<>());
  private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
  private final ScheduledThreadPoolExecutor hand =
      new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "operator"));

  private Operator(Installed savepointd, Random random) {
    this.savepointd = savepointd;
    this.random = random;
    hand.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    // What comes too late is not done.
    hand.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
  }

  /** Types from now on. */
  static Operator at(Installed savepointd, long seed) {
    Operator operator = new Operator(savepointd, new Random(seed));
    operator.rest();
    return operator;
  }

  private void rest() {
    // Whatever goes wrong is noted in type() itself.
    ScheduledFuture<?> unused =
        hand.schedule(this::type, random.nextLong(LONGEST_REST.toMillis()), TimeUnit.MILLISECONDS);
  }

  private void type() {
    List<String> command = COMMANDS.get(random.nextInt(COMMANDS.size()));
    Duration patience = Duration.ofMillis(random.nextLong(2_000, LONGEST_PATIENCE.toMillis()));
    try {
      Optional<CommandResult> result = savepointd.attempt(patience, command.toArray(String[]::new));
      story.add(command + result.map(r -> " ended with " + r.exitCode()).orElse(" was killed"));
      result
          .filter(r -> !EXIT_CODES.contains(r.exitCode()))
          .ifPresent(r -> wrong.add(r.toString()));
      rest();
    } catch (IOException | RuntimeException | Error e) {
      wrong.add(command + ": " + e);
    }
  }

  /** Each command and how it ended. */
  List<String> story() {
    return List.copyOf(story);
  }

  /** Must be empty: what ended as no command may. */
  List<String> wrong() {
    return List.copyOf(wrong);
  }

  /** Lets the command that is under way end. */
  @Override
  public void close() throws IOException {
    hand.shutdown();
    try {
      if (!hand.awaitTermination(END.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException("a command goes on after " + END);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
