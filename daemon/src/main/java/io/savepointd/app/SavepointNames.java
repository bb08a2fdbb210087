package io.savepointd.app;

import io.savepointd.admin.NotNow;
import io.savepointd.ledger.History;
import io.savepointd.ledger.JobHistory;
import io.savepointd.model.JobName;
import io.savepointd.model.Savepoint;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The savepoints that are kept, retained or quarantined, by what people call them. */
final class SavepointNames {
  /** Of more candidates than this only the number is told. */
  private static final int LISTED = 10;

  private final Reports reports;
  private final History history;
  private final List<Savepoint> kept;

  SavepointNames(Reports reports, History history) {
    this.reports = reports;
    this.history = history;
    this.kept = newestFirst(history.jobs().stream());
  }

  private static List<Savepoint> newestFirst(Stream<JobHistory> jobs) {
    return jobs.flatMap(h -> h.savepoints().stream())
        .filter(SavepointNames::kept)
        .sorted(Comparator.comparing(Savepoint::takenAt).reversed())
        .toList();
  }

  /** Whether it is neither condemned nor gone. */
  static boolean kept(Savepoint savepoint) {
    return savepoint.state() == Savepoint.State.RETAINED
        || savepoint.state() == Savepoint.State.QUARANTINED;
  }

  /** The only one, of any job, whose id begins so. */
  Savepoint one(String beginning) throws NotNow {
    List<Savepoint> found =
        kept.stream().filter(s -> s.id().value().startsWith(beginning)).toList();
    if (beginning.isBlank() || found.isEmpty()) {
      throw new NotNow(
          NotNow.Kind.USAGE,
          "no savepoint is kept whose id begins with '"
              + beginning
              + "'; see `savepointd list`; nothing was done");
    }
    if (found.size() > 1) {
      throw new NotNow(
          NotNow.Kind.USAGE,
          found.size()
              + " savepoints have ids that begin with '"
              + beginning
              + "': "
              + found.stream().limit(LISTED).map(SavepointNames::candidate).collect(inList())
              + (found.size() > LISTED ? " and " + (found.size() - LISTED) + " more" : "")
              + "; nothing was done");
    }
    return found.get(0);
  }

  private static String candidate(Savepoint s) {
    return s.id() + " (" + s.job() + ", " + s.takenAt() + ")";
  }

  private static Collector<CharSequence, ?, String> inList() {
    return Collectors.joining(", ");
  }

  /** Those of the jobs and with the ids named, each once; all if nothing is named. */
  List<Savepoint> meant(List<String> what) throws NotNow {
    if (what.isEmpty()) {
      return kept;
    }
    Set<Savepoint> meant = new LinkedHashSet<>();
    for (String each : what) {
      Optional<JobName> job = job(each);
      if (job.isPresent()) {
        meant.addAll(newestFirst(Stream.of(history.of(job.get()))));
      } else {
        meant.add(one(each));
      }
    }
    return List.copyOf(meant);
  }

  /** A job's name goes before an id that begins so. */
  private Optional<JobName> job(String text) {
    return Optional.of(text)
        .filter(JobName::isValid)
        .map(JobName::new)
        .filter(name -> reports.configured(name) || !history.of(name).savepoints().isEmpty());
  }
}
