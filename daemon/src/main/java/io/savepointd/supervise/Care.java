package io.savepointd.supervise;

import io.savepointd.ledger.Event;
import io.savepointd.ledger.LedgerLost;
import io.savepointd.model.JobName;
import io.savepointd.model.Leftover;
import io.savepointd.model.Origin;
import io.savepointd.model.Savepoint;
import io.savepointd.model.SavepointId;
import io.savepointd.model.TriggerId;
import io.savepointd.storage.StorageUnavailable;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What people, or a look at the storage, want done about savepoints on the ledger. */
final class Care {
  private static final Logger LOG = LoggerFactory.getLogger(Care.class);

  private static final Pattern TRIGGERS_DIRECTORY = Pattern.compile(".*/([0-9a-f]{32})/[^/]+/?");

  private final JobName job;
  private final World world;
  private final Journal journal;

  Care(JobName job, World world, Journal journal) {
    this.job = job;
    this.world = world;
    this.journal = journal;
  }

  Answer carryOut(Demand.Care demand) throws LedgerLost {
    if (demand instanceof Demand.Adopt adopt) {
      return adopt(adopt);
    } else if (demand instanceof Demand.Pin pin) {
      return pin(pin);
    } else if (demand instanceof Demand.Quarantine bad) {
      return quarantine(bad.savepoint(), bad.reason());
    } else if (demand instanceof Demand.Clear good) {
      return clear(good.savepoint());
    } else if (demand instanceof Demand.DeleteAgain gone) {
      return deleteAgain(gone.savepoint());
    }
    throw new IllegalStateException("no hand for " + demand);
  }

  private Answer pin(Demand.Pin pin) throws LedgerLost {
    Optional<Savepoint> savepoint = known(pin.savepoint());
    if (savepoint.filter(Care::kept).isEmpty()) {
      return new Answer.Refused(
          pin.savepoint() + " is not kept any more, so it can't be pinned or unpinned");
    }
    if (savepoint.get().pinned() != pin.on()) {
      journal.write(
          pin.on()
              ? new Event.SavepointPinned(now(), job, pin.savepoint())
              : new Event.SavepointUnpinned(now(), job, pin.savepoint()));
    }
    return new Answer.Done(
        pin.savepoint()
            + (pin.on()
                ? " is pinned: retention leaves it alone"
                : " is no longer pinned: retention decides"));
  }

  /** Out of use from now on; it stays where it is. */
  Answer quarantine(SavepointId id, String reason) throws LedgerLost {
    Optional<Savepoint> savepoint = known(id);
    if (savepoint.filter(s -> s.state() == Savepoint.State.RETAINED).isEmpty()) {
      return new Answer.Refused(id + " is not retained, so there is nothing to quarantine");
    }
    LOG.error(
        "event=savepoint.quarantined savepoint={} path={} reason=\"{}\""
            + " next=\"kept as it is, never restored from\"",
        id,
        savepoint.get().path(),
        reason);
    journal.write(new Event.SavepointQuarantined(now(), job, id, reason));
    return new Answer.Done(id + " is quarantined: " + reason);
  }

  private Answer clear(SavepointId id) throws LedgerLost {
    if (known(id).filter(s -> s.state() == Savepoint.State.QUARANTINED).isEmpty()) {
      return new Answer.Refused(id + " is not quarantined");
    }
    LOG.info("event=savepoint.cleared savepoint={}", id);
    journal.write(new Event.SavepointCleared(now(), job, id));
    return new Answer.Done(id + " is good again, and retained");
  }

  private Answer adopt(Demand.Adopt adopt) throws LedgerLost {
    Optional<Savepoint> there =
        journal.all().stream()
            .flatMap(h -> h.savepoints().stream())
            .filter(s -> Paths.same(s.path(), adopt.path()))
            .filter(s -> s.state() != Savepoint.State.DELETED)
            .findFirst();
    if (there.isPresent()) {
      return new Answer.Refused(
          adopt.path()
              + " is on the ledger already, as "
              + there.get().id()
              + " of job "
              + there.get().job());
    }
    Optional<Answer> unsettled = unsettled(adopt.path());
    if (unsettled.isPresent()) {
      return unsettled.get();
    }
    SavepointId id = idFor(adopt.path());
    journal.write(
        new Event.SavepointAdopted(
            now(),
            job,
            id,
            adopt.path(),
            adopt.takenAt(),
            adopt.format(),
            adopt.verified().bytes(),
            adopt.verified().files(),
            adopt.verified().outside()));
    LOG.info("event=savepoint.adopted savepoint={} path={}", id, adopt.path());
    return new Answer.Done("savepoint " + id + " taken into the ledger: " + adopt.path());
  }

  /**
   * Where a trigger is open, or what it left isn't settled, its own lane decides: taken in by two
   * hands a savepoint would be on the ledger twice, or be deleted as a leftover.
   */
  private Optional<Answer> unsettled(String path) {
    return journal.all().stream()
        .flatMap(
            h ->
                Stream.concat(
                    h.openTriggers().stream(), h.leftovers().stream().map(Leftover::trigger)))
        .filter(t -> Paths.within(t.directory(), path))
        .findFirst()
        .map(
            t ->
                new Answer.Refused(
                    path
                        + " lies in the directory of trigger "
                        + t.id()
                        + " of job "
                        + t.job()
                        + ", which isn't settled: it is taken in by itself if it is good, else"
                        + " deleted; copy it elsewhere to adopt it"));
  }

  /** What lies in a trigger's own directory goes by that trigger's id, so that it is ours. */
  private SavepointId idFor(String path) {
    Matcher inTriggersDirectory = TRIGGERS_DIRECTORY.matcher(path);
    if (inTriggersDirectory.matches()) {
      TriggerId trigger = new TriggerId(inTriggersDirectory.group(1));
      SavepointId id = new SavepointId(trigger.value());
      if (Paths.within(world.store().directoryOf(job, trigger), path) && known(id).isEmpty()) {
        return id;
      }
    }
    return new SavepointId(world.ids().newTrigger().value());
  }

  private Answer deleteAgain(SavepointId id) throws LedgerLost {
    Optional<Savepoint> deleted = known(id).filter(s -> s.state() == Savepoint.State.DELETED);
    if (deleted.isEmpty()) {
      return new Answer.Refused(id + " is not deleted by the ledger's word");
    }
    Optional<String> inUse = usedBy(deleted.get());
    if (inUse.isPresent()) {
      return new Answer.Refused(inUse.get());
    }
    journal.prove();
    try {
      world.store().delete(deleted.get());
    } catch (StorageUnavailable e) {
      return new Answer.Unreachable(e.getMessage());
    } catch (IllegalArgumentException e) {
      return new Answer.Failed(e.getMessage());
    }
    LOG.info("event=savepoint.deleted-again savepoint={} path={}", id, deleted.get().path());
    return new Answer.Done("the rest of savepoint " + id + " is deleted");
  }

  /** A person may have put the files back, and adopted them under another id or started a run. */
  private Optional<String> usedBy(Savepoint deleted) {
    String own = world.store().directoryOf(job, new TriggerId(deleted.id().value()));
    return journal.all().stream()
        .flatMap(h -> h.savepoints().stream())
        .filter(s -> s.state() != Savepoint.State.DELETED)
        .filter(
            s ->
                Paths.maybeWithin(own, s.path())
                    || s.outside().stream().anyMatch(d -> Paths.maybeWithin(own, d + "/x")))
        .findFirst()
        .map(
            s ->
                "savepoint "
                    + s.id()
                    + " lies in the directory of "
                    + deleted.id()
                    + " or needs its files")
        .or(
            () ->
                journal.all().stream()
                    .flatMap(h -> h.runs().stream())
                    .filter(r -> r.open() && r.origin() instanceof Origin.Restored)
                    .filter(r -> Paths.maybeWithin(own, ((Origin.Restored) r.origin()).path()))
                    .findFirst()
                    .map(r -> "run " + r.id() + " was restored from it"));
  }

  private Optional<Savepoint> known(SavepointId id) {
    return journal.history().savepoint(id);
  }

  private static boolean kept(Savepoint savepoint) {
    return savepoint.state() == Savepoint.State.RETAINED
        || savepoint.state() == Savepoint.State.QUARANTINED;
  }

  private Instant now() {
    return world.clock().instant();
  }
}
