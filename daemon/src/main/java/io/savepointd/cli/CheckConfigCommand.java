package io.savepointd.cli;

import io.savepointd.app.BadConfiguration;
import io.savepointd.app.Installation;
import io.savepointd.app.Site;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code savepointd check-config}. */
@Command(
    name = "check-config",
    description = "Reads the configuration and reports every fault; touches nothing else.")
final class CheckConfigCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "FILE", description = "The file; default as everywhere.")
  private Optional<Path> file = Optional.empty();

  @Option(names = "--config", paramLabel = "FILE", description = "The same.")
  private Optional<Path> config = Optional.empty();

  @Override
  public Integer call() throws CommandFailed {
    PrintWriter out = spec.commandLine().getOut();
    try {
      Site site = Installation.ofThisProcess().site(file.or(() -> config));
      PrintWriter err = spec.commandLine().getErr();
      site.warnings().forEach(warning -> err.println("savepointd: warning: " + warning));
      out.println(site.file() + " is good: " + site.summary());
      return ExitCode.DONE.value;
    } catch (BadConfiguration e) {
      throw new CommandFailed(ExitCode.USAGE, e.getMessage());
    }
  }
}
