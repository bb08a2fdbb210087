package io.savepointd.cli;

import io.savepointd.app.Installation;
import io.savepointd.demo.Demo;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code savepointd demo}. */
@Command(
    name = "demo",
    description =
        "The daemon on a small Flink and HDFS of its own, until Ctrl-C; leaves nothing behind.")
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--exercise",
      description = "Kill the run, see it restored, check everything, and end; 0 if all held.")
  private boolean exercise;

  @Override
  public Integer call() throws CommandFailed {
    try (Demo demo = new Demo(Installation.ofThisProcess(), spec.commandLine().getOut())) {
      Runtime.getRuntime().addShutdownHook(new Thread(demo::close, "stop"));
      return demo.play(exercise) ? ExitCode.DONE.value : ExitCode.FAILED.value;
    } catch (IOException e) {
      throw new CommandFailed(ExitCode.FAILED, "the demo failed: " + e.getMessage());
    }
  }
}
