package io.savepointd.app;

import io.savepointd.config.ConfigProblem;
import io.savepointd.config.ConfigRefused;
import java.util.stream.Collectors;

/** The configuration was refused whole; the message has a line for each fault. */
public final class BadConfiguration extends Exception {
  private static final long serialVersionUID = 1L;

  BadConfiguration(ConfigRefused refused) {
    super(
        refused.problems().size()
            + (refused.problems().size() == 1 ? " fault" : " faults")
            + " in the configuration; nothing was done\n"
            + refused.problems().stream()
                .map(ConfigProblem::toString)
                .collect(Collectors.joining("\n")),
        refused);
  }
}
