package io.savepointd.ledger;

import io.savepointd.model.Leftover;
import io.savepointd.model.Occasion;
import io.savepointd.model.Savepoint;
import io.savepointd.model.SavepointId;
import io.savepointd.model.Trigger;
import io.savepointd.model.TriggerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What events about triggers, savepoints and leftovers make of a job's history. */
final class SavepointFold {
  private SavepointFold() {}

  /** The next history; empty if the event is about none of them. */
  static Optional<JobHistory> apply(JobHistory h, Event.OfJob event) {
    if (event instanceof Event.SavepointIntended e) {
      return Optional.of(intended(h, e));
    } else if (event instanceof Event.SavepointRetained e) {
      return Optional.of(retained(h, e));
    } else if (event instanceof Event.SavepointFailed e) {
      return Optional.of(failed(h, e));
    } else if (event instanceof Event.SavepointAdopted e) {
      return Optional.of(adopted(h, e));
    } else if (event instanceof Event.SavepointPinned e) {
      return Optional.of(change(h, e.savepoint(), s -> s.pinned(true)));
    } else if (event instanceof Event.SavepointUnpinned e) {
      return Optional.of(change(h, e.savepoint(), s -> s.pinned(false)));
    } else if (event instanceof Event.SavepointQuarantined e) {
      return Optional.of(forward(h, e.savepoint(), Savepoint.State.QUARANTINED));
    } else if (event instanceof Event.SavepointCleared e) {
      return Optional.of(cleared(h, e.savepoint()));
    } else if (event instanceof Event.SavepointExpired e) {
      return Optional.of(forward(h, e.savepoint(), Savepoint.State.EXPIRED));
    } else if (event instanceof Event.SavepointDeleted e) {
      return Optional.of(Forgetting.trim(forward(h, e.savepoint(), Savepoint.State.DELETED)));
    } else if (event instanceof Event.LeftoverExpired e) {
      return Optional.of(
          h.withLeftovers(
              h.leftovers().stream()
                  .map(l -> l.trigger().id().equals(e.trigger()) ? l.condemned() : l)
                  .toList()));
    } else if (event instanceof Event.LeftoverDeleted e) {
      return Optional.of(h.withLeftovers(without(h.leftovers(), e.trigger())));
    }
    return Optional.empty();
  }

  private static JobHistory intended(JobHistory h, Event.SavepointIntended e) {
    Map<Occasion, Instant> lastIntended = new HashMap<>(h.lastIntended());
    lastIntended.merge(e.occasion(), e.at(), (a, b) -> a.isAfter(b) ? a : b);
    JobHistory next = h.withLastIntended(lastIntended);
    if (h.savepoint(new SavepointId(e.trigger().value())).isPresent()
        || open(h, e.trigger()).isPresent()
        || leftover(h, e.trigger()).isPresent()) {
      return next;
    }
    List<Trigger> triggers = new ArrayList<>(h.openTriggers());
    triggers.add(
        new Trigger(
            e.trigger(), e.job(), e.run(), e.occasion(), e.format(), e.directory(), e.at()));
    return next.withTriggers(triggers);
  }

  /** A failed trigger's savepoint may turn out good later, unless its directory is condemned. */
  private static JobHistory retained(JobHistory h, Event.SavepointRetained e) {
    Optional<Trigger> trigger =
        open(h, e.trigger())
            .or(() -> leftover(h, e.trigger()).filter(l -> !l.expired()).map(Leftover::trigger));
    if (trigger.isEmpty()) {
      return h;
    }
    Trigger t = trigger.get();
    Savepoint savepoint =
        new Savepoint(
            new SavepointId(t.id().value()),
            t.job(),
            Optional.of(t.run()),
            t.occasion(),
            t.format(),
            e.path(),
            t.intendedAt(),
            e.at(),
            e.bytes(),
            Savepoint.State.RETAINED,
            false,
            e.outside());
    return add(h, savepoint)
        .withTriggers(h.openTriggers().stream().filter(o -> !o.id().equals(t.id())).toList())
        .withLeftovers(without(h.leftovers(), t.id()));
  }

  private static JobHistory failed(JobHistory h, Event.SavepointFailed e) {
    Optional<Trigger> trigger = open(h, e.trigger());
    if (trigger.isEmpty()) {
      return h;
    }
    List<Leftover> leftovers = new ArrayList<>(h.leftovers());
    leftovers.add(new Leftover(trigger.get(), e.at(), false));
    return h.withTriggers(
            h.openTriggers().stream().filter(t -> !t.id().equals(e.trigger())).toList())
        .withLeftovers(leftovers);
  }

  private static JobHistory adopted(JobHistory h, Event.SavepointAdopted e) {
    if (h.savepoint(e.savepoint()).isPresent()) {
      return h;
    }
    return add(
        h,
        new Savepoint(
            e.savepoint(),
            e.job(),
            Optional.empty(),
            new Occasion.Adopted(),
            e.format(),
            e.path(),
            e.takenAt(),
            e.at(),
            e.bytes(),
            Savepoint.State.RETAINED,
            false,
            e.outside()));
  }

  private static JobHistory add(JobHistory h, Savepoint savepoint) {
    List<Savepoint> savepoints = new ArrayList<>(h.savepoints());
    savepoints.add(savepoint);
    savepoints.sort(Comparator.comparing(Savepoint::takenAt));
    return h.withSavepoints(savepoints);
  }

  private static JobHistory cleared(JobHistory h, SavepointId id) {
    return change(
        h, id, s -> s.state() == Savepoint.State.QUARANTINED ? s.in(Savepoint.State.RETAINED) : s);
  }

  /** States only go forward: what is deleted is never merely expired again. */
  private static JobHistory forward(JobHistory h, SavepointId id, Savepoint.State state) {
    return change(h, id, s -> s.state().compareTo(state) < 0 ? s.in(state) : s);
  }

  private static JobHistory change(JobHistory h, SavepointId id, UnaryOperator<Savepoint> change) {
    return h.withSavepoints(
        h.savepoints().stream().map(s -> s.id().equals(id) ? change.apply(s) : s).toList());
  }

  private static Optional<Trigger> open(JobHistory h, TriggerId id) {
    return h.openTriggers().stream().filter(t -> t.id().equals(id)).findFirst();
  }

  private static Optional<Leftover> leftover(JobHistory h, TriggerId id) {
    return h.leftovers().stream().filter(l -> l.trigger().id().equals(id)).findFirst();
  }

  private static List<Leftover> without(List<Leftover> leftovers, TriggerId id) {
    return leftovers.stream().filter(l -> !l.trigger().id().equals(id)).toList();
  }
}
