package io.savepointd.admin;

import java.util.List;
import java.util.Optional;

/**
 * Body of {@code POST /scrub}.
 *
 * @param verified how many savepoints were looked at
 * @param deep whether every byte of them was read
 * @param findings the worst first; empty if ledger and storage agree in everything
 */
public record ScrubBody(int verified, boolean deep, List<FindingBody> findings) {
  /**
   * One difference.
   *
   * @param kind one word, such as {@code missing}
   * @param job null where nothing says whose it is
   * @param id null where it has none
   * @param next what becomes of it by itself
   * @param remedy what a person can do; empty if nothing needs doing
   * @param wrong whether it needs to be mended
   * @param repairable whether {@code repair} mends it
   * @param result of the repair: {@code done}, {@code failed}, {@code refused} or {@code
   *     unreachable}; null if none was tried
   * @param message what the repair has come to
   */
  public record FindingBody(
      String kind,
      Optional<String> job,
      Optional<String> id,
      String path,
      String what,
      String next,
      String remedy,
      boolean wrong,
      boolean repairable,
      Optional<String> result,
      Optional<String> message) {}
}
