package io.savepointd.cli;

import io.savepointd.app.Daemon;
import io.savepointd.app.DaemonStopped;
import io.savepointd.app.Site;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code savepointd run}. */
@Command(
    name = "run",
    description = "The daemon, in the foreground, until SIGTERM or Ctrl-C; SIGHUP reloads.")
final class RunCommand implements Callable<Integer> {
  @Mixin private Asking asking;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws CommandFailed {
    Site site = asking.site();
    spec.commandLine().getOut().println(site.greeting());
    spec.commandLine().getOut().flush();
    try (Daemon daemon = site.daemon()) {
      Thread stopper = new Thread(daemon::close, "stop");
      Runtime.getRuntime().addShutdownHook(stopper);
      HangUp.calls(daemon::reloadOnSignal);
      daemon.run();
      return ExitCode.DONE.value;
    } catch (DaemonStopped e) {
      throw new CommandFailed(e.usage() ? ExitCode.USAGE : ExitCode.FAILED, e.getMessage());
    }
  }
}
