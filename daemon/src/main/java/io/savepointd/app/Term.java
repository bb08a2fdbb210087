package io.savepointd.app;

import io.savepointd.config.JobSettings;
import io.savepointd.config.Settings;
import io.savepointd.ledger.JobHistory;
import io.savepointd.ledger.Ledger;
import io.savepointd.ledger.LedgerLost;
import io.savepointd.model.JobName;
import io.savepointd.model.Occasion;
import io.savepointd.model.Run;
import io.savepointd.schedule.CatchUp;
import io.savepointd.schedule.CronClock;
import io.savepointd.schedule.ScheduleSettings;
import io.savepointd.supervise.Answer;
import io.savepointd.supervise.Demand;
import io.savepointd.supervise.Fleet;
import io.savepointd.supervise.Lane;
import io.savepointd.supervise.LaneThread;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One term of holding the ledger: its lanes and the clock that fires their schedules. */
final class Term implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Term.class);

  private final Settings settings;
  private final Ledger ledger;
  private final Clock clock;
  private final Fleet fleet;
  private final CronClock cron;

  /**
   * Takes the ledger over and closes it in the end; {@code onLost} is told if it is lost before.
   */
  Term(
      Settings settings,
      Connections connections,
      Ledger ledger,
      Clock clock,
      Consumer<LedgerLost> onLost) {
    this.settings = settings;
    this.ledger = ledger;
    this.clock = clock;
    Map<JobName, LaneThread> lanes = new TreeMap<>();
    List<CronClock.Entry> entries = new ArrayList<>();
    for (JobSettings job : settings.jobs().values()) {
      JobName name = job.job().name();
      lanes.put(
          name,
          new LaneThread(
              name, new Lane(connections.keeper(job, job.supervision(), ledger)), clock, onLost));
      job.schedules().forEach(s -> entries.add(new CronClock.Entry(name, s)));
    }
    this.fleet = new Fleet(lanes);
    this.cron = new CronClock(entries, (job, schedule, due) -> fire(job, schedule));
  }

  /** Begins: first what was missed, then as the clock says. */
  void start() {
    fleet.start();
    settings.jobs().values().forEach(this::catchUp);
    cron.pulsate();
    cron.start();
  }

  Fleet fleet() {
    return fleet;
  }

  /** Whether what is to fire doesn't, as the scheduler's own pulse shows. */
  boolean schedulesOverdue(Instant now) {
    return cron.overdue(now);
  }

  /**
   * The jobs whose savepoints are being written, as long as somebody can say what becomes of them.
   */
  List<JobName> withOpenSavepoints() {
    return fleet.jobs().stream()
        .filter(job -> !ledger.history().of(job).openTriggers().isEmpty())
        .filter(
            job -> fleet.lane(job).map(Lane::status).filter(LastSavepoints::answers).isPresent())
        .toList();
  }

  Ledger ledger() {
    return ledger;
  }

  /** Misfire: however many firings were missed while no daemon ran, one makes good for them. */
  private void catchUp(JobSettings job) {
    JobName name = job.job().name();
    JobHistory history = ledger.history().of(name);
    for (ScheduleSettings schedule : job.schedules()) {
      Optional<Instant> known =
          Optional.ofNullable(history.lastIntended().get(new Occasion.Scheduled(schedule.name())))
              .or(() -> history.runs().stream().findFirst().map(Run::intendedAt));
      known
          .flatMap(since -> CatchUp.due(schedule.cron(), since, clock.instant()))
          .ifPresent(
              due -> {
                LOG.info(
                    "event=schedule.catch_up job={} schedule={} missed_since={}",
                    name,
                    schedule.name(),
                    due);
                fire(name, schedule);
              });
    }
  }

  private void fire(JobName job, ScheduleSettings schedule) {
    Demand demand =
        new Demand.Savepoint(new Occasion.Scheduled(schedule.name()), schedule.format());
    CompletableFuture<Void> unused =
        fleet
            .lane(job)
            .orElseThrow()
            .demand(demand)
            .thenAccept(answer -> skipped(job, schedule, answer));
  }

  private static void skipped(JobName job, ScheduleSettings schedule, Answer answer) {
    if (answer instanceof Answer.Refused refused) {
      LOG.info(
          "event=schedule.skipped job={} schedule={} reason=\"{}\"",
          job,
          schedule.name(),
          refused.message());
    }
  }

  @Override
  public void close() {
    cron.close();
    fleet.close();
    ledger.close();
  }
}
