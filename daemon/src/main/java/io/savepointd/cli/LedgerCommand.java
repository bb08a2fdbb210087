package io.savepointd.cli;

import picocli.CommandLine.Command;

/** {@code savepointd ledger}: what can be done about the ledger as a whole. */
@Command(
    name = "ledger",
    description = "What can be done about the ledger as a whole.",
    subcommands = LedgerRebuildCommand.class)
final class LedgerCommand {}
