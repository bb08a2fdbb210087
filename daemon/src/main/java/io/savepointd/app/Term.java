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

  private final Connections connections;
  private final Ledger ledger;
  private final Clock clock;
  private final Consumer<LedgerLost> onLost;
  private final Fleet fleet;
  private final CronClock cron;
  private Settings settings;
  private boolean closed;

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
    this.connections = connections;
    this.ledger = ledger;
    this.clock = clock;
    this.onLost = onLost;
    connections.begin(ledger.history());
    Map<JobName, LaneThread> lanes = new TreeMap<>();
    settings.jobs().forEach((name, job) -> lanes.put(name, lane(job)));
    this.fleet = new Fleet(lanes);
    this.cron = new CronClock(entries(settings), (job, schedule, due) -> fire(job, schedule));
  }

  private LaneThread lane(JobSettings job) {
    Lane lane = new Lane(connections.keeper(job, job.supervision(), ledger));
    return new LaneThread(job.job().name(), lane, clock, onLost);
  }

  private static List<CronClock.Entry> entries(Settings settings) {
    List<CronClock.Entry> entries = new ArrayList<>();
    settings
        .jobs()
        .forEach(
            (name, job) -> job.schedules().forEach(s -> entries.add(new CronClock.Entry(name, s))));
    return entries;
  }

  /** Begins: first what was missed, then as the clock says. */
  void start() {
    fleet.start();
    settings.jobs().values().forEach(job -> catchUp(job, clock.instant()));
    cron.pulsate();
    cron.start();
  }

  /**
   * Goes on by another configuration, which the connections have taken already: lanes come and go,
   * a lane that stays is told only what concerns it, a schedule that stays doesn't notice. Returns
   * at once; a term that is over stays as it was.
   *
   * @return for each lane that was told something, when its job is kept so
   */
  synchronized Map<JobName, CompletableFuture<Void>> take(Settings next) {
    Map<JobName, CompletableFuture<Void>> told = new TreeMap<>();
    if (closed) {
      return told;
    }
    Settings before = settings;
    settings = next;
    before.jobs().keySet().stream()
        .filter(job -> !next.jobs().containsKey(job))
        .forEach(fleet::dismiss);
    List<JobSettings> added = new ArrayList<>();
    for (JobSettings job : next.jobs().values()) {
      JobName name = job.job().name();
      Optional<JobSettings> was = Optional.ofNullable(before.jobs().get(name));
      if (was.isEmpty()) {
        added.add(job);
        fleet.add(name, lane(job));
      } else if (concerned(before, was.get(), next, job)) {
        Lane lane = fleet.lane(name).orElseThrow();
        told.put(
            name,
            lane.replan(
                connections.plan(job, job.supervision()), connections.world(job, lane.progress())));
      }
    }
    Instant now = clock.instant();
    cron.take(entries(next), now);
    added.forEach(job -> catchUp(job, now));
    return told;
  }

  /** Its schedules aren't its lane's concern. */
  private static boolean concerned(
      Settings before, JobSettings was, Settings next, JobSettings is) {
    return !was.job().equals(is.job())
        || !was.supervision().equals(is.supervision())
        || !was.retention().equals(is.retention())
        || !before.watchInterval().equals(next.watchInterval())
        || !before.clusters().equals(next.clusters()); // its run may be on any of them
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
  private void catchUp(JobSettings job, Instant now) {
    JobName name = job.job().name();
    JobHistory history = ledger.history().of(name);
    for (ScheduleSettings schedule : job.schedules()) {
      Optional<Instant> known =
          Optional.ofNullable(history.lastIntended().get(new Occasion.Scheduled(schedule.name())))
              .or(() -> history.runs().stream().findFirst().map(Run::intendedAt));
      known
          .flatMap(since -> CatchUp.due(schedule.cron(), since, now))
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
    Optional<CompletableFuture<Void>> unused =
        fleet
            .lane(job) // none if the job was removed at this very moment
            .map(lane -> lane.demand(demand).thenAccept(a -> skipped(job, schedule, a)));
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
    synchronized (this) {
      closed = true;
    }
    cron.close();
    fleet.close();
    // What lanes have left behind must not submit when somebody else holds the ledger.
    connections.endCommands();
    ledger.close();
  }
}
