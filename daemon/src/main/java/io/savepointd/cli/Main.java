package io.savepointd.cli;

import io.savepointd.app.Installation;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** {@code savepointd}: the list of commands, and the only place that ends the process. */
@Command(
    name = "savepointd",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Keeps Apache Flink jobs alive and their savepoints good.",
    subcommands = {
      RunCommand.class,
      DemoCommand.class,
      StatusCommand.class,
      ListCommand.class,
      LineageCommand.class,
      SavepointCommand.class,
      RestoreLatestCommand.class,
      StartCommand.class,
      PruneCommand.class,
      CheckConfigCommand.class,
      CommandLine.HelpCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:tried and failed",
      "2:wrong usage or configuration",
      "3:no daemon, cluster or storage reachable",
      "4:refused, since it might lose or double something"
    })
public final class Main {
  private Main() {}

  /** Runs one command. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    line.setExecutionExceptionHandler(Main::report);
    line.setExitCodeExceptionMapper(e -> ExitCode.FAILED.value);
    line.getSubcommands().values().forEach(s -> s.getCommandSpec().mixinStandardHelpOptions(true));
    return line;
  }

  private static int report(Exception failure, CommandLine line, CommandLine.ParseResult parsed)
      throws Exception {
    line.getOut().flush();
    if (failure instanceof CommandFailed failed) {
      line.getErr().println("savepointd: " + failed.getMessage());
      return failed.code().value;
    }
    throw failure;
  }

  /** The version the jar was built as. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"savepointd " + Installation.ofThisProcess().version()};
    }
  }
}
