package io.savepointd.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code savepointd promote}. */
@Command(
    name = "promote",
    description = "Makes the standby daemon active: the one that holds the ledger hands over.")
final class PromoteCommand implements Callable<Integer> {
  @Mixin private Asking asking;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws CommandFailed {
    // The wait may be as long as a standby's detail says, and so it is said before.
    asking
        .daemon("GET", "/status", Map.of())
        .filter(status -> status.path("daemon").asString().equals("standby"))
        .map(status -> "daemon: standby: " + status.path("detail").asString())
        .ifPresent(spec.commandLine().getErr()::println);
    return Asking.outcomes(
            asking.ask("POST", "/promote", Map.of()), spec.commandLine().getOut()::println)
        .value;
  }
}
