package io.savepointd.acceptance.bench;

import io.savepointd.acceptance.world.Folders;
import io.savepointd.acceptance.world.World;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** {@code scripts/bench}: both sides in turns on the same cluster, then the table. */
public final class Bench {

  /** After this many the memory is looked at. */
  private static final int SAVEPOINTS = 40;

  private static final String ROW = "%-52s %12s %12s %8s%n";

  private final int rounds;
  private final PrintStream out;

  private Bench(int rounds, PrintStream out) {
    this.rounds = rounds;
    this.out = out;
  }

  /** Takes the number of rounds, by default 5. */
  public static void main(String[] args) throws IOException {
    new Bench(args.length > 0 ? Integer.parseInt(args[0]) : 5, System.out).run();
  }

  private void run() throws IOException {
    out.println("starting HDFS and Flink " + World.FLINK);
    try (World world = World.start(Folders.world(World.class));
        Savepointd savepointd = new Savepointd(world);
        CommandLine flink = new CommandLine(world)) {
      out.println("starting the daemon " + rounds + " times, and a job by each side");
      savepointd.start(rounds);
      flink.start();
      warmUp(savepointd);
      for (int round = 1; round <= rounds; round++) {
        out.println("round " + round + " of " + rounds);
        savepointd.takeSavepoints();
        flink.takeSavepoint();
        savepointd.recover();
        flink.recover();
        savepointd.replace();
        flink.replace();
      }
      out.println("taking " + SAVEPOINTS + " savepoints more");
      for (int i = 0; i < SAVEPOINTS; i++) {
        savepointd.takeSavepoint();
      }
      print(savepointd, flink);
    }
  }

  /** A cluster's first savepoint takes seconds more than all that follow, whoever asks for it. */
  private static void warmUp(Savepointd savepointd) throws IOException {
    savepointd.takeSavepoint();
    savepointd.takeSavepoint();
  }

  private void print(Savepointd savepointd, CommandLine flink) throws IOException {
    out.printf("%nMedians of %d; ratio: how many times as long flink takes%n%n", rounds);
    out.printf(ROW, "", "savepointd", "flink", "ratio");
    compare("savepoint taken and verified, by command", savepointd.command, flink.savepoint);
    compare("the same, asked of the daemon's socket", savepointd.socket, flink.savepoint);
    compare("run's death to all tasks running (limit 2 s)", savepointd.death, flink.death);
    compare("run replaced from its newest savepoint", savepointd.replacement, flink.replacement);
    Duration ready = savepointd.ready.figures().median();
    out.printf(ROW, "daemon ready after its start (limit 4 s)", seconds(ready), "-", "-");
    long mib = savepointd.residentMebibytes();
    out.printf(ROW, "daemon's resident memory (limit 256 MiB)", mib + " MiB", "-", "-");
    out.println();
    out.println(
        "flink: the JVM that bin/flink starts, without that script's own time; its savepoints");
    out.println("are not verified, and a person who types at the instant of the death is assumed.");
  }

  private void compare(String what, Stopwatch ours, Stopwatch theirs) {
    Duration mine = ours.figures().median();
    Duration flinks = theirs.figures().median();
    String ratio =
        String.format(Locale.ROOT, "%.1f", (double) flinks.toNanos() / (double) mine.toNanos());
    out.printf(ROW, what, seconds(mine), seconds(flinks), ratio);
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1000.0);
  }
}
