package io.savepointd.acceptance.bench;

import io.savepointd.acceptance.world.CommandResult;
import io.savepointd.acceptance.world.FlinkCommandLine;
import io.savepointd.acceptance.world.Folders;
import io.savepointd.acceptance.world.Runs;
import io.savepointd.acceptance.world.World;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The other side: the same job, by {@code flink} and a person who types without thinking. */
final class CommandLine implements AutoCloseable {

  private static final Duration DEADLINE = Duration.ofSeconds(90);
  private static final Pattern SAVED = Pattern.compile("Path: (\\S+)");

  private final FlinkCommandLine flink;
  private final Runs runs;
  private final String root;
  private String newest = "";
  final Stopwatch savepoint = new Stopwatch();
  final Stopwatch death = new Stopwatch();
  final Stopwatch replacement = new Stopwatch();

  CommandLine(World world) throws IOException {
    this.flink = world.flink(World.FLINK).commandLine();
    this.runs = new Runs(world.flink(World.FLINK).client(), "averaging");
    this.root = world.hdfs().uri() + "/bench/flink";
  }

  void start() throws IOException {
    submit(List.of());
  }

  void takeSavepoint() throws IOException {
    String run = runs.awaitRunning();
    savepoint.time(
        () -> {
          Matcher saved = SAVED.matcher(succeed("savepoint", run, root).stdout());
          if (!saved.find()) {
            throw new IOException("flink savepoint names no path");
          }
          newest = saved.group(1);
        });
  }

  void recover() throws IOException {
    runs.kill(runs.awaitRunning());
    death.time(this::restore);
  }

  void replace() throws IOException {
    String run = runs.awaitRunning();
    replacement.time(
        () -> {
          succeed("cancel", run);
          runs.awaitEnd(run);
          restore();
        });
  }

  private void restore() throws IOException {
    submit(List.of("-s", newest));
  }

  private void submit(List<String> from) throws IOException {
    List<String> args = new ArrayList<>(List.of("run", "-d"));
    args.addAll(from);
    args.add(Folders.averagingJob().toString());
    args.addAll(List.of("--source", "sequence", "--rate", "100", "--sink", "discard"));
    succeed(args.toArray(String[]::new));
    runs.awaitRunning();
  }

  private CommandResult succeed(String... args) throws IOException {
    CommandResult result = flink.run(DEADLINE, args);
    if (result.exitCode() != 0) {
      throw new IOException("flink has failed: " + result);
    }
    return result;
  }

  @Override
  public void close() throws IOException {
    runs.killAll();
  }
}
