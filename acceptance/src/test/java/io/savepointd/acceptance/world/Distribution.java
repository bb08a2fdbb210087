package io.savepointd.acceptance.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The built daemon as its user has it: {@code bin/savepointd} with arguments, an environment and a
 * configuration file. Nothing of the caller's own Hadoop or savepointd settings is passed on.
 *
 * @param home where it was unpacked
 * @param dir where its processes run and leave their output
 * @param environment added to the inherited one
 */
public record Distribution(Path home, Path dir, Map<String, String> environment) {

  public Distribution {
    environment = Map.copyOf(environment);
    if (!Files.isExecutable(home.resolve("bin/savepointd"))) {
      throw new IllegalStateException(
          home + "/bin/savepointd is missing: `mvn package` of daemon makes it");
    }
  }

  /** What this build made. */
  public static Distribution built(Path dir) {
    return new Distribution(Folders.distribution(), dir, Map.of());
  }

  /** The same with one more variable in its environment. */
  public Distribution with(String name, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(name, value);
    return new Distribution(home, dir, more);
  }

  /** The same with that text as its configuration, in a file of that name. */
  public Distribution withConfig(String fileName, String hocon) throws IOException {
    Path file = Files.writeString(Files.createDirectories(dir).resolve(fileName), hocon);
    return with("SAVEPOINTD_CONF", file.toString());
  }

  /** Runs one command to its end; fails when it has not ended by the deadline. */
  public CommandResult run(Duration deadline, String... args) throws IOException {
    try (ManagedProcess command = start("command", args)) {
      int code = command.awaitExit(deadline);
      return new CommandResult(List.of(args), code, command.stdout(), command.stderr());
    }
  }

  /** Runs one command, and kills it if it has not ended by the deadline. */
  public Optional<CommandResult> attempt(Duration deadline, String... args) throws IOException {
    try (ManagedProcess command = start("attempt", args)) {
      return command.endsWithin(deadline)
          ? Optional.of(
              new CommandResult(
                  List.of(args),
                  command.awaitExit(Duration.ZERO),
                  command.stdout(),
                  command.stderr()))
          : Optional.empty();
    }
  }

  /** Starts it in the background; its output is kept under that name. */
  public ManagedProcess start(String name, String... args) throws IOException {
    // Tests that are themselves run by nohup would hand on that SIGHUP is ignored.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=HUP"));
    command.add(home.resolve("bin/savepointd").toString());
    command.addAll(List.of(args));
    Files.createDirectories(dir);
    ProcessBuilder builder = new ProcessBuilder(command).directory(dir.toFile());
    JavaServer.withoutInherited(builder.environment());
    builder.environment().putAll(environment);
    return ManagedProcess.start(name, dir, builder);
  }
}
