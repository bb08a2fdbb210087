package io.savepointd.app;

import io.savepointd.admin.NotNow;
import io.savepointd.admin.OutcomeBody;
import io.savepointd.admin.RebuildBody;
import io.savepointd.config.Settings;
import io.savepointd.ledger.LedgerHeld;
import io.savepointd.ledger.LedgerUnreadable;
import io.savepointd.ledger.LedgerView;
import io.savepointd.scrub.Rebuild;
import io.savepointd.scrub.RebuildPlan;
import io.savepointd.supervise.Answer;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code ledger rebuild}: what a ledger that is lost can be made of again. */
final class LedgerRebuild {
  private final Settings settings;
  private final Clock clock;

  LedgerRebuild(Settings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** How the present ledger stands, and whether it may be given up. */
  private record Present(String words, boolean mayGo) {}

  RebuildBody carryOut(Connections connections, boolean really, boolean discard)
      throws IOException, NotNow {
    Present present = present(connections, discard);
    if (!present.mayGo()) {
      return refused(present.words());
    }
    Rebuild rebuild = new Rebuild(settings.jobs().keySet());
    RebuildPlan plan = rebuild.plan(Rebuild.look(connections.store()), clock.instant());
    String what =
        plan.rows().stream().filter(RebuildPlan.Row::takenIn).count()
            + " savepoints taken in, "
            + plan.held().size()
            + " jobs held";
    return really
        ? body(
            present,
            plan,
            notes(begin(connections, plan)),
            new Answer.Done("made anew from the storage: " + what))
        : body(
            present,
            plan,
            List.of("Nothing was changed. With --yes it is done."),
            new Answer.Done("would be made anew from the storage: " + what));
  }

  private Present present(Connections connections, boolean discard) throws NotNow {
    try {
      LedgerView view = connections.ledger().read();
      if (view.history().jobs().isEmpty()) {
        return new Present("there is none, or nothing is on it", true);
      }
      return new Present(
          discard
              ? "it can be read, and is given up all the same"
              : "the ledger can be read and tells of "
                  + view.history().jobs().size()
                  + " jobs: `savepointd scrub` holds it against the storage, and `savepointd run`"
                  + " goes on with it. To give it up all the same: --discard",
          discard);
    } catch (LedgerUnreadable e) {
      return new Present("it can't be read: " + e.getMessage(), true);
    } catch (IOException e) {
      if (!discard) {
        throw new NotNow(
            NotNow.Kind.UNREACHABLE,
            "whether the ledger can be read can't be told: "
                + e.getMessage()
                + "; if that will never change, --discard gives it up; nothing was done");
      }
      return new Present("nobody can tell, and it is given up: " + e.getMessage(), true);
    }
  }

  private static Optional<String> begin(Connections connections, RebuildPlan plan)
      throws IOException, NotNow {
    try {
      return connections.ledger().beginAnew(plan.events());
    } catch (LedgerHeld e) {
      throw new NotNow(NotNow.Kind.UNREACHABLE, e.getMessage() + "; nothing was done");
    }
  }

  private static List<String> notes(Optional<String> aside) {
    List<String> notes = new ArrayList<>();
    aside.ifPresent(
        directory ->
            notes.add(
                "The old ledger's files lie in <storage root>/.savepointd/"
                    + directory
                    + " and are never looked at again."));
    notes.add(
        "Lost: the lineage, pins, stops and holds, which savepoints were quarantined or condemned,"
            + " what each was taken for, and when schedules last fired.");
    notes.add(
        "Before the daemon is started: `savepointd pin` what has to stay, since retention may"
            + " delete from its first look on; `savepointd stop JOB` what is to stay down,"
            + " such as a job that had finished.");
    notes.add(
        "Then `savepointd run`: a run that is alive under its job's name is taken over; else the"
            + " job is restored from its newest savepoint, if it isn't held.");
    notes.add("Then `savepointd scrub`: what it calls an orphan or a tombstone is from before.");
    return notes;
  }

  /** What a running daemon says, and a ledger that is in order. */
  static RebuildBody refused(String why) {
    return new RebuildBody(
        why,
        List.of(),
        List.of(),
        List.of(),
        List.of(OutcomeBody.of("ledger", new Answer.Refused(why))));
  }

  private static RebuildBody body(
      Present present, RebuildPlan plan, List<String> notes, Answer outcome) {
    return new RebuildBody(
        present.words(),
        plan.rows().stream().map(LedgerRebuild::bodyOf).toList(),
        plan.held().stream()
            .map(h -> new RebuildBody.HeldBody(h.job().value(), h.reason()))
            .toList(),
        notes,
        List.of(OutcomeBody.of("ledger", outcome)));
  }

  private static RebuildBody.FoundBody bodyOf(RebuildPlan.Row row) {
    Optional<Instant> writtenAt = row.found().writtenAt();
    return new RebuildBody.FoundBody(
        row.found().job().value(),
        row.found().trigger().value(),
        row.found().path(),
        writtenAt,
        row.takenIn(),
        row.reason());
  }
}
