package io.savepointd.embedded;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * A whole small world in one process: HDFS, Flink and a source of lines.
 *
 * <p>Standard output carries exactly one line, {@link ReadyLine}; progress and faults go to
 * standard error; what jobs print and what is logged go to files in {@code --dir}. The world ends
 * when its standard input is closed, or on SIGTERM. Exit codes: 0 ended, 1 failed, 2 wrong usage.
 */
public final class EmbeddedWorld {

  private static final int EXIT_FAILED = 1;
  private static final int EXIT_USAGE = 2;
  private static final long DATANODE_DEADLINE_SECONDS = 60;

  private final Options options;
  private final PrintStream protocol;
  private final PrintStream progress;
  private final StopSignal stop;

  private EmbeddedWorld(
      Options options, PrintStream protocol, PrintStream progress, StopSignal stop) {
    this.options = options;
    this.protocol = protocol;
    this.progress = progress;
    this.stop = stop;
  }

  public static void main(String[] args) {
    System.exit(run(args, System.out, System.err));
  }

  private static int run(String[] args, PrintStream out, PrintStream err) {
    try {
      Options options = Options.parse(List.of(args));
      StopSignal stop = StopSignal.watching(System.in);
      try {
        new EmbeddedWorld(options, out, err, stop).live();
      } finally {
        stop.done();
      }
      return 0;
    } catch (Options.UsageException e) {
      err.println(e.getMessage());
      err.println(Options.USAGE);
      return EXIT_USAGE;
    } catch (Exception e) {
      err.println("The embedded world ends: " + e);
      return EXIT_FAILED;
    }
  }

  private void live() throws Exception {
    try (WorkDirectory dir = WorkDirectory.open(options.dir())) {
      redirect(dir);
      try {
        serve(dir);
      } finally {
        if (options.clean()) {
          dir.clean();
        }
      }
    }
  }

  /** Before the first class of Flink or Hadoop is loaded: they keep the streams they find. */
  private static void redirect(WorkDirectory dir) throws IOException {
    // Read by logback.xml, and by Flink, whose page then shows the log and what is beside it.
    System.setProperty("log.file", dir.log().toString());
    System.setOut(dir.averagesStream());
    System.setErr(dir.errorStream());
  }

  private void serve(WorkDirectory dir) throws Exception {
    progress.println("HDFS is starting");
    try (EmbeddedHdfs hdfs = EmbeddedHdfs.startNameNode(dir.hdfs())) {
      if (stop.isAsked()) {
        return;
      }
      progress.println("HDFS answers at " + hdfs.uri() + "; Flink is starting");
      FutureTask<Void> dataNode =
          new FutureTask<>(
              () -> {
                hdfs.startDataNode();
                return null;
              });
      new Thread(dataNode, "datanode-start").start();
      try (EmbeddedFlink flink = EmbeddedFlink.start(dir.flink(), hdfs.uri());
          LineSource lines = LineSource.start(options.linesPerSecond())) {
        progress.println("Flink answers at " + flink.rest());
        dataNode.get(DATANODE_DEADLINE_SECONDS, TimeUnit.SECONDS);
        protocol.println(
            new ReadyLine(flink.rest(), hdfs.uri(), lines.address(), dir.averages()).toJson());
        protocol.flush();
        stop.await();
        progress.println("The embedded world is closing");
      }
    }
  }
}
