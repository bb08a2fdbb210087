package io.savepointd.app;

import io.savepointd.admin.NotNow;
import io.savepointd.admin.OutcomeBody;
import io.savepointd.admin.ScrubBody;
import io.savepointd.config.JobSettings;
import io.savepointd.config.Settings;
import io.savepointd.model.JobName;
import io.savepointd.scrub.Evidence;
import io.savepointd.scrub.Finding;
import io.savepointd.scrub.Gathering;
import io.savepointd.scrub.Scrub;
import io.savepointd.storage.SavepointStore;
import io.savepointd.supervise.Answer;
import io.savepointd.supervise.Demand;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One scrub: read in the calling thread, judged, and mended by whoever may write the ledger. */
final class Scrubbing {
  /** Where no job is configured that could say how long what is unknown counts as young. */
  private static final Duration CAUTION = Duration.ofDays(1);

  private final Settings settings;
  private final SavepointStore store;
  private final Clock clock;

  Scrubbing(Settings settings, SavepointStore store, Clock clock) {
    this.settings = settings;
    this.store = store;
    this.clock = clock;
  }

  /** What was found, and by how much looking. */
  record Seen(Evidence evidence, List<Finding> findings) {
    boolean anyRepair() {
      return findings.stream().anyMatch(f -> f.repair().isPresent());
    }
  }

  /** Whoever carries demands out: a lane, or a command under the ledger's lease. */
  interface Mender {
    Answer mend(JobSettings job, Demand.Care demand) throws IOException, NotNow;
  }

  Seen look(Gathering.LedgerNow ledger, Optional<JobName> job, boolean deep)
      throws IOException, NotNow {
    Evidence evidence = new Gathering(store).gather(ledger, job, deep);
    List<Finding> findings =
        new Scrub(store.root(), this::grace).findings(evidence, job, clock.instant());
    boolean heardOf =
        job.isEmpty()
            || !findings.isEmpty()
            || evidence.after().jobs().stream().anyMatch(h -> h.job().equals(job.get()));
    if (!heardOf) {
      List<JobSettings> unused = new Reports(settings).meant(job); // refuses an unknown name
    }
    return new Seen(evidence, findings);
  }

  /** Of a job that isn't configured the longest grace of all counts. */
  private Duration grace(JobName job) {
    return Optional.ofNullable(settings.jobs().get(job))
        .map(j -> j.supervision().leftoverGrace())
        .or(
            () ->
                settings.jobs().values().stream()
                    .map(j -> j.supervision().leftoverGrace())
                    .max(Comparator.naturalOrder()))
        .orElse(CAUTION);
  }

  /** As it was found; nothing is changed. */
  static ScrubBody told(Seen seen) {
    return body(seen, seen.findings().stream().map(f -> bodyOf(f, Optional.empty())).toList());
  }

  /** As it was found, and what has become of it. */
  ScrubBody mended(Seen seen, Mender mender) throws IOException, NotNow {
    List<ScrubBody.FindingBody> bodies = new ArrayList<>();
    for (Finding finding : seen.findings()) {
      Optional<Answer> answer = Optional.empty();
      if (finding.repair().isPresent()) {
        answer = Optional.of(mend(finding.job().orElseThrow(), finding.repair().get(), mender));
      }
      bodies.add(bodyOf(finding, answer));
    }
    return body(seen, bodies);
  }

  private Answer mend(JobName name, Demand.Care demand, Mender mender) throws IOException, NotNow {
    JobSettings job = settings.jobs().get(name);
    return job == null
        ? new Answer.Refused(
            "job " + name + " is not configured; put it back into " + settings.file() + " first")
        : mender.mend(job, demand);
  }

  private static ScrubBody body(Seen seen, List<ScrubBody.FindingBody> findings) {
    return new ScrubBody(seen.evidence().looks().size(), seen.evidence().deep(), findings);
  }

  private static ScrubBody.FindingBody bodyOf(Finding finding, Optional<Answer> answer) {
    return new ScrubBody.FindingBody(
        finding.kind().name().toLowerCase(Locale.ROOT),
        finding.job().map(JobName::value),
        finding.id(),
        finding.path(),
        finding.what(),
        finding.next(),
        finding.remedy(),
        finding.kind().wrong(),
        finding.repair().isPresent(),
        answer.map(a -> OutcomeBody.of("", a).result()),
        answer.map(Answer::message));
  }
}
