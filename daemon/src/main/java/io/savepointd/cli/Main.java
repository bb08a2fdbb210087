package io.savepointd.cli;

import io.savepointd.app.Installation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
      StopCommand.class,
      UpgradeCommand.class,
      MoveCommand.class,
      ReleaseCommand.class,
      PinCommand.class,
      UnpinCommand.class,
      VerifyCommand.class,
      AdoptCommand.class,
      PruneCommand.class,
      PromoteCommand.class,
      ReloadCommand.class,
      ScrubCommand.class,
      LedgerCommand.class,
      CheckConfigCommand.class,
      DoctorCommand.class,
      ConfigCommand.class,
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
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  private Main() {}

  /** Runs one command. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** All commands, for running one and for whoever describes them. */
  public static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    line.setExecutionExceptionHandler(Main::report);
    addHelp(line);
    return line;
  }

  private static void addHelp(CommandLine line) {
    for (CommandLine subcommand : line.getSubcommands().values()) {
      subcommand.getCommandSpec().mixinStandardHelpOptions(true).versionProvider(new Version());
      addHelp(subcommand);
    }
  }

  private static int report(Exception failure, CommandLine line, CommandLine.ParseResult parsed) {
    line.getOut().flush();
    if (failure instanceof CommandFailed failed) {
      complain(line, failed.getMessage());
      return failed.code().value;
    }
    LOG.error("event=command.bug command={}", line.getCommandName(), failure);
    complain(line, "a bug, its trace is in the log: " + failure);
    return ExitCode.FAILED.value;
  }

  /** On a stream that the launcher has found connected to the journal, each line as an error. */
  private static void complain(CommandLine line, String message) {
    String priority = System.getProperty("savepointd.errors", "").equals("JOURNAL") ? "<3>" : "";
    ("savepointd: " + message).lines().forEach(l -> line.getErr().println(priority + l));
  }

  /** The version the jar was built as. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"savepointd " + Installation.ofThisProcess().version()};
    }
  }
}
