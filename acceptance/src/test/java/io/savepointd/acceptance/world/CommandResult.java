package io.savepointd.acceptance.world;

import java.util.List;

/** How a command ended and all it said. */
public record CommandResult(List<String> args, int exitCode, String stdout, String stderr) {

  public CommandResult {
    args = List.copyOf(args);
  }
}
