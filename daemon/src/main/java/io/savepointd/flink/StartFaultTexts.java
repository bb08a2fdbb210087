package io.savepointd.flink;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells faults of a start apart by messages of Flink's and Hadoop's that have stayed the same from
 * 1.18 to 2.3: those of {@code Checkpoints.loadAndValidateCheckpoint}, {@code
 * StateMigrationException} and {@code NoResourceAvailableException}.
 */
final class StartFaultTexts {
  /** Ours, of a command that didn't run: what it begins with. */
  static final String NOT_LAUNCHED = "`flink run` can't be started on this machine";

  private static final List<String> INCOMPATIBLE =
      List.of(
          "Cannot map checkpoint/savepoint state for operator",
          "Max parallelism mismatch between checkpoint/savepoint state",
          "StateMigrationException",
          "must not be incompatible with the old",
          "must not require state migration",
          "must be compatible");

  private static final List<String> NO_SLOTS =
      List.of(
          "NoResourceAvailableException",
          "Could not acquire the minimum required resources",
          "Slot request bulk is not fulfillable");

  private static final List<String> STORAGE =
      List.of(
          "SafeModeException",
          "StandbyException",
          "BlockMissingException",
          "failed on connection exception",
          "failed on socket timeout exception",
          "RetriableException");

  private static final Pattern OPERATOR =
      Pattern.compile(
          "Cannot map checkpoint/savepoint state for operator (\\S+)"
              + "|Cannot map operator (\\S+)"
              + "|state backend for (\\S+?)_[0-9a-f]{32}_\\(");

  private StartFaultTexts() {}

  private static boolean has(String reason, List<String> texts) {
    return texts.stream().anyMatch(reason::contains);
  }

  private static Optional<String> operator(String reason) {
    Matcher matcher = OPERATOR.matcher(reason);
    if (!matcher.find()) {
      return Optional.empty();
    }
    for (int group = 1; group <= matcher.groupCount(); group++) {
      if (matcher.group(group) != null) {
        return Optional.of(matcher.group(group));
      }
    }
    return Optional.empty();
  }

  static StartFault read(String reason) {
    if (reason.startsWith(NOT_LAUNCHED)) {
      return new StartFault.NotLaunched();
    }
    if (has(reason, INCOMPATIBLE)) {
      return new StartFault.IncompatibleState(operator(reason));
    }
    if (has(reason, NO_SLOTS)) {
      return new StartFault.NoSlots();
    }
    return has(reason, STORAGE) ? new StartFault.StorageUnreachable() : new StartFault.Other();
  }
}
