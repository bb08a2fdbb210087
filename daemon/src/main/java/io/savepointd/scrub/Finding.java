package io.savepointd.scrub;

import io.savepointd.model.JobName;
import io.savepointd.supervise.Demand;
import java.util.Optional;

/**
 * One thing in which ledger and storage differ, or which somebody should know of.
 *
 * @param job empty where nothing says whose it is
 * @param id of the savepoint or trigger; empty where there is none
 * @param path where it lies, or should lie
 * @param what what is wrong, in words
 * @param next what becomes of it without anybody doing anything
 * @param remedy what a person can do about it; empty if nothing needs doing
 * @param repair what mends it, where that much is proved
 */
public record Finding(
    Kind kind,
    Optional<JobName> job,
    Optional<String> id,
    String path,
    String what,
    String next,
    String remedy,
    Optional<Demand.Care> repair) {

  /** What sort of difference it is. */
  public enum Kind {
    /** The ledger retains it, and nothing is on storage. */
    MISSING(true),
    /** The ledger retains it, and it can't be restored from. */
    DAMAGED(true),
    /** Quarantined, and every byte of it was read and is good. */
    RECOVERED(true),
    /** Nobody can tell at the moment: part of it can't be read. */
    UNCLEAR(true),
    /** A trigger's directory that the ledger knows nothing of. */
    ORPHAN(true),
    /** Deleted by the ledger's word, and still or again there. */
    UNDELETED(true),
    /** What a deletion has left, and nobody will finish. */
    TOMBSTONE(true),
    /** Quarantined, and no better. */
    QUARANTINED(false),
    /** Like an orphan, but so young that somebody may be writing it. */
    YOUNG(false),
    /** What a failed trigger has left; it goes by itself. */
    LEFTOVER(false),
    /** Condemned by retention; its deletion is under way. */
    EXPIRED(false),
    /** Nothing that this project has put there. */
    FOREIGN(false);

    private final boolean wrong;

    Kind(boolean wrong) {
      this.wrong = wrong;
    }

    /** Whether it is to be mended; if not, it is only told. */
    public boolean wrong() {
      return wrong;
    }
  }
}
