package io.savepointd.scrub;

import io.savepointd.model.Savepoint;
import io.savepointd.model.SavepointId;
import io.savepointd.storage.Verification;
import io.savepointd.supervise.Demand;
import java.util.Optional;

/** What is to be said of each savepoint on the ledger. */
final class SavepointFindings {
  private final Evidence evidence;
  private final Known before;

  SavepointFindings(Evidence evidence) {
    this.evidence = evidence;
    this.before = new Known(evidence.before());
  }

  /** Of a savepoint as the ledger has it after the look; empty if all is well. */
  Optional<Finding> of(Savepoint savepoint) {
    return switch (savepoint.state()) {
      case RETAINED -> unlessChanged(savepoint).flatMap(look -> retained(savepoint, look));
      case QUARANTINED -> unlessChanged(savepoint).flatMap(look -> quarantined(savepoint, look));
      case EXPIRED -> Optional.of(expired(savepoint));
      case DELETED -> Optional.empty();
    };
  }

  /** A look from before somebody changed his mind about the savepoint says nothing. */
  private Optional<Look> unlessChanged(Savepoint savepoint) {
    return evidence
        .look(savepoint.path())
        .filter(look -> before.has(savepoint.job(), savepoint.id(), savepoint.state()));
  }

  private static Optional<Finding> retained(Savepoint savepoint, Look look) {
    if (look instanceof Look.Unclear unclear) {
      return Optional.of(unclear(savepoint, unclear));
    }
    Verification seen = ((Look.Verified) look).verification();
    if (seen instanceof Verification.Missing missing) {
      return Optional.of(
          bad(Finding.Kind.MISSING, savepoint, missing.reason(), "put it back where it was"));
    }
    return seen instanceof Verification.Damaged damaged
        ? Optional.of(
            bad(
                Finding.Kind.DAMAGED,
                savepoint,
                damaged.reason(),
                "put the files named back; `hdfs fsck` tells what HDFS has lost"))
        : Optional.empty();
  }

  private static Finding bad(Finding.Kind kind, Savepoint savepoint, String reason, String remedy) {
    return finding(
        kind,
        savepoint,
        "the ledger calls it retained, but " + reason,
        "quarantined as soon as it is to be restored from, or by --repair",
        remedy + ", from a backup or HDFS trash, and scrub again",
        Optional.of(new Demand.Quarantine(savepoint.id(), "found by scrub: " + reason)));
  }

  private Optional<Finding> quarantined(Savepoint savepoint, Look look) {
    if (look instanceof Look.Unclear unclear) {
      return Optional.of(unclear(savepoint, unclear));
    }
    Verification seen = ((Look.Verified) look).verification();
    if (!(seen instanceof Verification.Good)) {
      String reason =
          seen instanceof Verification.Missing missing
              ? "nothing is left of it: " + missing.reason()
              : ((Verification.Damaged) seen).reason();
      return Optional.of(
          finding(
              Finding.Kind.QUARANTINED,
              savepoint,
              reason,
              "kept on the ledger and never restored from",
              "",
              Optional.empty()));
    }
    return Optional.of(evidence.deep() ? recovered(savepoint) : perhaps(savepoint));
  }

  private static Finding recovered(Savepoint savepoint) {
    return finding(
        Finding.Kind.RECOVERED,
        savepoint,
        "quarantined, but every byte of it can be read and it is complete",
        "stays out of use until --repair takes it back",
        "",
        Optional.of(new Demand.Clear(savepoint.id())));
  }

  /** It may have been quarantined for bytes that only a deep look finds. */
  private static Finding perhaps(Savepoint savepoint) {
    return finding(
        Finding.Kind.QUARANTINED,
        savepoint,
        "its files are complete, which proves nothing about their bytes",
        "kept on the ledger and never restored from",
        "`savepointd scrub " + savepoint.job() + " --deep --repair` takes it back if it is good",
        Optional.empty());
  }

  private static Finding unclear(Savepoint savepoint, Look.Unclear look) {
    return finding(
        Finding.Kind.UNCLEAR,
        savepoint,
        look.reason(),
        "nothing is concluded from that",
        "bring the DataNodes back that hold it, and scrub again",
        Optional.empty());
  }

  private static Finding expired(Savepoint savepoint) {
    return finding(
        Finding.Kind.EXPIRED,
        savepoint,
        "condemned by retention and not yet deleted",
        "deleted by the daemon, which tries again until it is gone",
        "",
        Optional.empty());
  }

  private static Finding finding(
      Finding.Kind kind,
      Savepoint savepoint,
      String what,
      String next,
      String remedy,
      Optional<Demand.Care> repair) {
    SavepointId id = savepoint.id();
    return new Finding(
        kind,
        Optional.of(savepoint.job()),
        Optional.of(id.value()),
        savepoint.path(),
        what,
        next,
        remedy,
        repair);
  }
}
