package io.savepointd.cli;

import picocli.CommandLine.Command;

/** {@code savepointd config}: the configuration as savepointd understands it. */
@Command(
    name = "config",
    description = "The configuration as savepointd understands it.",
    subcommands = ConfigShowCommand.class)
final class ConfigCommand {}
