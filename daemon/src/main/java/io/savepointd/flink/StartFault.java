package io.savepointd.flink;

import java.util.Optional;

/** What a start failed of, as far as Flink's own words tell. */
public sealed interface StartFault {
  /**
   * The program has no place for the state, or can't read it: another try can't do better.
   *
   * @param operator the operator by its name or id, where Flink says it
   */
  record IncompatibleState(Optional<String> operator) implements StartFault {}

  /** The cluster has too few free slots at the moment. */
  record NoSlots() implements StartFault {}

  /** Flink couldn't reach the storage. */
  record StorageUnreachable() implements StartFault {}

  /** This machine couldn't run the command that starts runs; nothing has reached the cluster. */
  record NotLaunched() implements StartFault {}

  /** Anything else. */
  record Other() implements StartFault {}

  /** Reads a refusal's or a failure's reason. */
  static StartFault of(String reason) {
    return StartFaultTexts.read(reason);
  }
}
