package io.savepointd.model;

/** Why a savepoint was asked for. */
public sealed interface Occasion {
  /**
   * A cron schedule fired.
   *
   * @param schedule the schedule's name in the job's configuration
   */
  record Scheduled(String schedule) implements Occasion {}

  /** A person or program asked for it by command. */
  record Requested() implements Occasion {}

  /** The run was to be stopped, and leaves this behind; asked for with the stop itself. */
  record Stopping() implements Occasion {}

  /** It was made by hand and taken into the ledger afterwards. */
  record Adopted() implements Occasion {}
}
