package io.savepointd.scrub;

import io.savepointd.model.JobName;
import io.savepointd.model.Leftover;
import io.savepointd.model.Savepoint;
import io.savepointd.model.SavepointId;
import io.savepointd.model.TriggerId;
import io.savepointd.storage.Stored;
import io.savepointd.storage.Verification;
import io.savepointd.supervise.Demand;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What is to be said of each thing that lies under the storage root. */
final class StoredFindings {
  private final Evidence evidence;
  private final Known before;
  private final Known after;
  private final Function<JobName, Duration> grace;
  private final Instant now;

  StoredFindings(Evidence evidence, Function<JobName, Duration> grace, Instant now) {
    this.evidence = evidence;
    this.before = new Known(evidence.before());
    this.after = new Known(evidence.after());
    this.grace = grace;
    this.now = now;
  }

  /** Empty if it is where it should be. */
  Optional<Finding> of(Stored stored) {
    if (stored.kind() instanceof Stored.OfTrigger found) {
      return ofDirectory(stored, found);
    } else if (stored.kind() instanceof Stored.Tombstone tombstone) {
      return ofTombstone(stored, tombstone);
    } else if (stored.kind() instanceof Stored.Checkpoints) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            Finding.Kind.FOREIGN,
            Optional.empty(),
            Optional.empty(),
            stored.path(),
            "nothing that savepointd has put there",
            "never touched",
            "move it elsewhere: the root should be savepointd's alone",
            Optional.empty()));
  }

  private Optional<Finding> ofDirectory(Stored stored, Stored.OfTrigger found) {
    JobName job = found.job();
    TriggerId id = found.trigger();
    if (before.in(job, id, Savepoint.State.DELETED)) {
      return Optional.of(undeleted(stored, job, id));
    }
    Optional<Leftover> leftover = before.leftover(job, id).flatMap(l -> after.leftover(job, id));
    if (leftover.isPresent()) {
      return Optional.of(leftover(stored, leftover.get()));
    }
    boolean accounted =
        before.knows(job, id)
            || after.knows(job, id)
            || before.lyingIn(stored.path()).isPresent()
            || after.lyingIn(stored.path()).isPresent();
    return accounted ? Optional.empty() : Optional.of(unknown(stored, found));
  }

  /** The deletion was over before the storage was looked at, so this isn't the middle of it. */
  private Finding undeleted(Stored stored, JobName job, TriggerId id) {
    String what = "the ledger calls it deleted, but it is there";
    String directory = directory(stored, job, id);
    Optional<String> needed = before.needed(directory).or(() -> after.needed(directory));
    return needed.isPresent()
        ? finding(
            Finding.Kind.UNDELETED,
            stored,
            job,
            id,
            what + "; " + needed.get(),
            "stays",
            "none: what is in use there keeps the directory",
            Optional.empty())
        : finding(
            Finding.Kind.UNDELETED,
            stored,
            job,
            id,
            what,
            "stays until --repair deletes it again",
            "if it is wanted after all: move it out of the root and `savepointd adopt " + job + "`",
            Optional.of(new Demand.DeleteAgain(new SavepointId(id.value()))));
  }

  /** A tombstone's own place before it was renamed is what others may refer to. */
  private String directory(Stored stored, JobName job, TriggerId id) {
    return stored.kind() instanceof Stored.OfTrigger
        ? stored.path()
        : stored.path().substring(0, stored.path().lastIndexOf("/.savepointd/"))
            + "/"
            + job
            + "/"
            + id;
  }

  private Finding leftover(Stored stored, Leftover leftover) {
    Instant goes = leftover.failedAt().plus(grace.apply(leftover.trigger().job()));
    return finding(
        Finding.Kind.LEFTOVER,
        stored,
        leftover.trigger().job(),
        leftover.trigger().id(),
        "left by a savepoint that failed at " + leftover.failedAt(),
        leftover.expired()
            ? "being deleted by the daemon"
            : "taken in by the daemon if it proves good, else deleted after " + goes,
        "",
        Optional.empty());
  }

  private Finding unknown(Stored stored, Stored.OfTrigger found) {
    Instant old = stored.modifiedAt().plus(grace.apply(found.job()));
    Optional<String> good = found.savepoints().stream().filter(this::isGood).findFirst();
    String remedy =
        good.map(path -> "`savepointd adopt " + found.job() + " " + path + "` takes it in")
            .orElse("look whose it is; if it is nobody's, `hdfs dfs -rm -r " + stored.path() + "`");
    if (now.isBefore(old)) {
      return finding(
          Finding.Kind.YOUNG,
          stored,
          found.job(),
          found.trigger(),
          "the ledger knows nothing of it, and it changed at " + stored.modifiedAt(),
          "may be a savepoint under way: an orphan after " + old,
          good.isPresent() ? remedy : "",
          Optional.empty());
    }
    return finding(
        Finding.Kind.ORPHAN,
        stored,
        found.job(),
        found.trigger(),
        "the ledger knows nothing of it; " + contents(found.savepoints(), good),
        "never deleted: nothing proves that it is ours",
        remedy,
        Optional.empty());
  }

  private String contents(List<String> savepoints, Optional<String> good) {
    if (good.isPresent()) {
      return "a good savepoint is in it";
    }
    boolean unclear =
        savepoints.stream()
            .anyMatch(s -> evidence.look(s).filter(Look.Unclear.class::isInstance).isPresent());
    return unclear
        ? "what is in it can't be read at the moment"
        : savepoints.isEmpty() ? "no savepoint is in it" : "no good savepoint is in it";
  }

  private boolean isGood(String path) {
    return evidence
        .look(path)
        .filter(l -> l instanceof Look.Verified v && v.verification() instanceof Verification.Good)
        .isPresent();
  }

  private Optional<Finding> ofTombstone(Stored stored, Stored.Tombstone tombstone) {
    if (tombstone.owner().isEmpty()) {
      return Optional.of(stray(stored, Optional.empty(), Optional.empty()));
    }
    JobName job = tombstone.owner().get().job();
    TriggerId id = tombstone.owner().get().trigger();
    if (before.in(job, id, Savepoint.State.DELETED)) {
      return Optional.of(undeleted(stored, job, id));
    }
    Optional<Leftover> leftover = after.leftover(job, id);
    if (leftover.isPresent()) {
      return Optional.of(leftover(stored, leftover.get()));
    }
    boolean underWay =
        after.in(job, id, Savepoint.State.EXPIRED)
            || after.in(job, id, Savepoint.State.DELETED)
            || before.leftover(job, id).isPresent();
    return underWay
        ? Optional.empty()
        : Optional.of(stray(stored, Optional.of(job), Optional.of(id)));
  }

  private Finding stray(Stored stored, Optional<JobName> job, Optional<TriggerId> id) {
    boolean kept = job.isPresent() && id.isPresent() && after.knows(job.get(), id.get());
    return new Finding(
        Finding.Kind.TOMBSTONE,
        job,
        id.map(TriggerId::value),
        stored.path(),
        kept
            ? "renamed as if it were to be deleted, but the ledger keeps it"
            : "what a deletion has left that the ledger knows nothing of",
        "never deleted: nothing proves that it is ours",
        kept
            ? "move it back: `hdfs dfs -mv "
                + stored.path()
                + " <root>/"
                + job.get()
                + "/"
                + id.get()
                + "`"
            : "if nobody misses it: `hdfs dfs -rm -r " + stored.path() + "`",
        Optional.empty());
  }

  private static Finding finding(
      Finding.Kind kind,
      Stored stored,
      JobName job,
      TriggerId id,
      String what,
      String next,
      String remedy,
      Optional<Demand.Care> repair) {
    return new Finding(
        kind, Optional.of(job), Optional.of(id.value()), stored.path(), what, next, remedy, repair);
  }
}
