package io.savepointd.simulation;

import io.savepointd.flink.FlinkCluster;
import io.savepointd.ledger.History;
import io.savepointd.ledger.Ledger;
import io.savepointd.ledger.LedgerHeld;
import io.savepointd.ledger.LedgerLost;
import io.savepointd.ledger.LedgerUnreadable;
import io.savepointd.ledger.Owner;
import io.savepointd.ledger.SimulatedLedgers;
import io.savepointd.model.ClusterName;
import io.savepointd.model.Occasion;
import io.savepointd.model.Run;
import io.savepointd.model.SavepointFormat;
import io.savepointd.retention.RetentionPolicy;
import io.savepointd.schedule.CatchUp;
import io.savepointd.schedule.CronSchedule;
import io.savepointd.storage.SavepointStore;
import io.savepointd.storage.StorageUnavailable;
import io.savepointd.supervise.Answer;
import io.savepointd.supervise.ClusterAccess;
import io.savepointd.supervise.ClusterWatch;
import io.savepointd.supervise.Demand;
import io.savepointd.supervise.JobKeeper;
import io.savepointd.supervise.JobPlan;
import io.savepointd.supervise.JobStatus;
import io.savepointd.supervise.Lane;
import io.savepointd.supervise.NeededLaunches;
import io.savepointd.supervise.World;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * One process of the daemon: the real ledger, lane and schedules, put together as {@code app} does
 * it, but turned by the simulated time.
 */
final class SimulatedDaemon {
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Occasion SCHEDULED = new Occasion.Scheduled("only");

  private final Simulation simulation;
  private final Life process;
  private final Clock clock;
  private final SimulatedLedgers ledgers;
  private Optional<Term> term = Optional.empty();
  private Instant nextFiring = Instant.MAX;
  private int planned;
  private int terms;

  private record Term(int number, Ledger ledger, Lane lane) {}

  SimulatedDaemon(Simulation simulation, Life process) {
    this.simulation = simulation;
    this.process = process;
    this.clock = process.machine().clock();
    String host = process.machine().name();
    this.ledgers =
        new SimulatedLedgers(
            simulation.disk(),
            process,
            simulation.ledgerSettings(),
            new Owner(
                process.name(), host, "boot-" + host, "pid:[1]", process.pid(), 0, "simulated"),
            clock,
            pid -> process.machine().alive(pid));
  }

  Life process() {
    return process;
  }

  boolean active() {
    return term.isPresent();
  }

  Optional<JobStatus> status() {
    return term.map(t -> t.lane().status());
  }

  History history() {
    return term.orElseThrow().ledger().history();
  }

  SimulatedLedgers ledgers() {
    return ledgers;
  }

  /** What happens later happens only if the process is alive, and not before it can act again. */
  private void later(Duration delay, Runnable what) {
    simulation
        .timeline()
        .in(
            delay,
            () -> {
              if (!process.dead() && !process.hung().isZero()) {
                later(process.hung(), what);
              } else if (!process.dead()) {
                what.run();
              }
            });
  }

  void open() {
    later(Duration.ZERO, this::tryOpen);
  }

  private void tryOpen() {
    int number = ++terms;
    simulation.disk().readsAnew(process);
    try {
      Ledger real = ledgers.tryOpen(lost -> later(Duration.ofMillis(50), () -> lose(number)));
      if (!process.dead()) {
        begin(number, simulation.mutants().ledger(real));
      }
    } catch (LedgerHeld e) {
      later(AGAIN, this::tryOpen);
    } catch (LedgerUnreadable e) {
      simulation.trace().add(process + " can't read the ledger");
      process.die("since the ledger can't be read");
    } catch (IOException e) {
      later(AGAIN, this::tryOpen);
    } catch (Crashed e) {
      // It is dead.
    }
  }

  private FlinkCluster link(ClusterWorld world) {
    return simulation.mutants().cluster(new ClusterLink(simulation, process, world));
  }

  private void begin(int number, Ledger ledger) {
    simulation.trace().add(process + " holds the ledger");
    Map<ClusterName, ClusterAccess> clusters = new TreeMap<>();
    simulation
        .clusters()
        .links(world -> link(world))
        .forEach(
            (name, link) ->
                clusters.put(name, new ClusterAccess(link, new ClusterWatch(link, clock))));
    SavepointStore store =
        simulation.mutants().store(new StoreLink(simulation, process, simulation.storage()));
    LaunchLink launches = new LaunchLink(simulation, process);
    tidy(launches, ledger);
    World world =
        new World(clusters, store, launches, jar -> simulation.jar(), simulation.ids(), clock);
    Scenario scenario = simulation.scenario();
    JobKeeper keeper =
        new JobKeeper(
            new JobPlan(
                Simulation.JOB,
                simulation.supervision(),
                RetentionPolicy.keepLast(scenario.keepLast()),
                scenario.watch()),
            world,
            ledger);
    term = Optional.of(new Term(number, ledger, new Lane(keeper)));
    turn(term.get(), ++planned);
    catchUp(ledger);
    nextFiring = Instant.MAX;
    fireFrom(clock.instant());
  }

  private void tidy(LaunchLink launches, Ledger ledger) {
    NeededLaunches needed = NeededLaunches.of(ledger.history().jobs());
    try {
      int deleted = launches.deleteAllBut(needed.launches(), needed.jarDigests());
      simulation.trace().add(process + " has deleted " + deleted + " launches and jars");
    } catch (StorageUnavailable e) {
      simulation.trace().add(process + " can't look for launches");
    }
  }

  private void turn(Term turned, int plan) {
    if (plan != planned || !term.equals(Optional.of(turned))) {
      return; // it was turned earlier, or is no more
    }
    try {
      Instant next = turned.lane().turn();
      if (!process.dead()) {
        Duration wait = Duration.between(clock.instant(), next);
        turnIn(turned, wait.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : wait);
      }
    } catch (LedgerLost e) {
      later(Duration.ofMillis(50), () -> lose(turned.number()));
    } catch (Crashed e) {
      // It is dead.
    } catch (RuntimeException e) {
      simulation.rules().broken("no fault of ours", "a lane's turn threw " + e, e);
    }
  }

  private void turnIn(Term turned, Duration wait) {
    int plan = ++planned;
    later(wait, () -> turn(turned, plan));
  }

  /** The owner's sign of life. */
  void beat() {
    try {
      if (!process.dead() && process.hung().isZero()) {
        ledgers.beat();
      }
    } catch (Crashed e) {
      // It is dead.
    }
  }

  private void lose(int number) {
    if (!simulation.mutants().ignoresLoss() && term.filter(t -> t.number() == number).isPresent()) {
      simulation.trace().add(process + " has lost the ledger");
      end();
      open();
    }
  }

  private void end() {
    term.ifPresent(
        t -> {
          term = Optional.empty();
          t.lane().end();
          t.ledger().close();
        });
  }

  /** Lets go of everything in order. */
  void stop() {
    try {
      end();
    } catch (Crashed e) {
      // Then it has died instead.
    }
  }

  /** Asks the lane, if there is one. */
  Optional<CompletableFuture<Answer>> ask(Demand demand) {
    if (process.dead() || !process.hung().isZero()) {
      return Optional.empty();
    }
    return term.map(
        t -> {
          CompletableFuture<Answer> answer = t.lane().demand(demand);
          turnIn(t, Duration.ZERO);
          return answer;
        });
  }

  // The schedule, as Quartz does it: one that was missed fires once, and then it goes on from now.

  private void catchUp(Ledger ledger) {
    var history = ledger.history().of(Simulation.NAME);
    Optional<Instant> known =
        Optional.ofNullable(history.lastIntended().get(SCHEDULED))
            .or(() -> history.runs().stream().findFirst().map(Run::intendedAt));
    known
        .flatMap(since -> CatchUp.due(simulation.scenario().plan().cron(), since, clock.instant()))
        .ifPresent(due -> fire());
  }

  private void fireFrom(Instant now) {
    CronSchedule cron = simulation.scenario().plan().cron();
    nextFiring = cron.next(now).orElse(Instant.MAX);
    planSchedules();
  }

  /** Also called when the clock was set. */
  void planSchedules() {
    Instant meant = nextFiring;
    if (term.isPresent() && !meant.equals(Instant.MAX)) {
      Term now = term.get();
      later(
          Duration.between(clock.instant(), meant),
          () -> {
            boolean due = !clock.instant().isBefore(meant);
            if (due && meant.equals(nextFiring) && term.equals(Optional.of(now))) {
              fire();
              fireFrom(clock.instant());
            }
          });
    }
  }

  private void fire() {
    if (!simulation.mutants().swallowsFirings()) {
      Optional<CompletableFuture<Answer>> unused =
          ask(new Demand.Savepoint(SCHEDULED, SavepointFormat.CANONICAL));
    }
  }
}
