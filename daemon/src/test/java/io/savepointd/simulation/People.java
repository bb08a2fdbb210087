package io.savepointd.simulation;

import io.savepointd.model.ClusterName;
import io.savepointd.model.Occasion;
import io.savepointd.model.SavepointFormat;
import io.savepointd.model.SavepointId;
import io.savepointd.supervise.Answer;
import io.savepointd.supervise.Demand;
import io.savepointd.supervise.JobStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Those who type commands: some at random, one on duty who helps a job that is held. */
final class People {
  /** A path that looks like a savepoint's and has never been one. */
  static final String NOWHERE =
      "hdfs://fake:9000/flink-savepoints/averaging/"
          + "f".repeat(32)
          + "/savepoint-ffffff-ffffffffffff";

  /** The digest of a jar whose program can't take over any state. */
  static final String NO_GOOD = "e".repeat(64);

  private static final Duration ROUND = Duration.ofMinutes(15);

  private final Simulation simulation;
  private final Dice dice;
  private final List<Asked> open = new ArrayList<>();
  private int roundsDown;

  private record Asked(Life process, Demand.Start start, CompletableFuture<Answer> answer) {}

  People(Simulation simulation, Dice dice) {
    this.simulation = simulation;
    this.dice = dice;
  }

  void begin() {
    simulation.timeline().in(ROUND, this::round);
  }

  private void round() {
    simulation.timeline().in(ROUND, this::round);
    Optional<SimulatedDaemon> daemon = simulation.active();
    Optional<JobStatus.State> state = daemon.flatMap(SimulatedDaemon::status).map(JobStatus::state);
    boolean down =
        state.equals(Optional.of(JobStatus.State.HELD))
            || state.equals(Optional.of(JobStatus.State.STOPPED));
    roundsDown = down ? roundsDown + 1 : 0;
    if (!down) {
      return;
    }
    simulation.disturbed(ROUND);
    if (state.equals(Optional.of(JobStatus.State.HELD)) && roundsDown % 3 == 1) {
      ask(daemon.orElseThrow(), new Demand.Release());
    } else if (roundsDown > 1) {
      start(daemon.orElseThrow(), new Demand.Start(remedy(), false));
    }
  }

  /** The newest; if that didn't help, an older one that is good; if there is none, nothing. */
  private Demand.From remedy() {
    if (roundsDown < 4) {
      return new Demand.From.Latest();
    }
    return simulation.truth().retained().stream()
        .flatMap(s -> s.path().stream())
        .filter(simulation.storage()::good)
        .findFirst()
        .<Demand.From>map(Demand.From.Path::new)
        .orElseGet(Demand.From.Nothing::new);
  }

  /** Somebody types something. */
  void command() {
    Optional<SimulatedDaemon> daemon = simulation.active();
    if (daemon.isEmpty()) {
      return;
    }
    simulation.disturbed(Duration.ofMinutes(30));
    int kind = dice.between(0, 17);
    if (kind > 14) {
      move(daemon.get());
    } else if (kind > 12) {
      upgrade(daemon.get());
    } else if (kind == 10) {
      ask(daemon.get(), new Demand.Stop());
    } else if (kind == 11) {
      pin(daemon.get());
    } else if (kind == 12) {
      ask(daemon.get(), new Demand.Release());
    } else if (kind < 3) {
      ask(daemon.get(), new Demand.Savepoint(new Occasion.Requested(), SavepointFormat.CANONICAL));
    } else if (kind < 5) {
      ask(daemon.get(), new Demand.Prune());
    } else {
      start(daemon.get(), new Demand.Start(from(kind), dice.chance(0.6)));
    }
  }

  /** Somebody brings another version, which may be no good; that is mended after a while. */
  private void upgrade(SimulatedDaemon daemon) {
    boolean good = dice.chance(0.6);
    simulation.jar(good ? String.valueOf("abc".charAt(dice.between(0, 2))).repeat(64) : NO_GOOD);
    if (!good) {
      simulation.timeline().in(Duration.ofMinutes(20), () -> simulation.jar("d".repeat(64)));
    }
    ask(daemon, new Demand.Upgrade(dice.chance(0.3)));
  }

  /** Somebody wants the job on one of the clusters, whichever it is on. */
  private void move(SimulatedDaemon daemon) {
    ClusterName to = dice.chance(0.6) ? ClusterWorlds.OTHER : ClusterWorlds.MAIN;
    ask(daemon, new Demand.Move(to, false));
  }

  /** Somebody wants the job on the other cluster. */
  void moveAway() {
    simulation
        .active()
        .ifPresent(daemon -> ask(daemon, new Demand.Move(ClusterWorlds.OTHER, false)));
  }

  /** Somebody pins a savepoint, or lets one go. */
  private void pin(SimulatedDaemon daemon) {
    List<SavepointId> retained = simulation.truth().retainedIds();
    if (!retained.isEmpty()) {
      SavepointId id = dice.one(retained);
      ask(daemon, new Demand.Pin(id, dice.chance(0.5)));
    }
  }

  /** Somebody wants the job to begin again from its newest savepoint. */
  void restoreLatest() {
    simulation
        .active()
        .ifPresent(daemon -> start(daemon, new Demand.Start(new Demand.From.Latest(), true)));
  }

  private Demand.From from(int kind) {
    List<String> retained =
        simulation.truth().retained().stream().flatMap(s -> s.path().stream()).toList();
    if (kind == 5) {
      return new Demand.From.Path(NOWHERE);
    } else if (kind == 6 && !retained.isEmpty()) {
      return new Demand.From.Path(dice.one(retained));
    }
    if (kind == 7 && dice.chance(0.3)) {
      return new Demand.From.Nothing();
    }
    return kind == 8 ? new Demand.From.Usual() : new Demand.From.Latest();
  }

  private Optional<CompletableFuture<Answer>> ask(SimulatedDaemon daemon, Demand demand) {
    simulation.trace().add("somebody asks " + daemon.process() + " for " + demand);
    Optional<CompletableFuture<Answer>> answer = daemon.ask(demand);
    Optional<CompletableFuture<Void>> unused =
        answer.map(a -> a.thenAccept(said -> heard(daemon.process(), said)));
    return answer;
  }

  private void heard(Life process, Answer said) {
    simulation.trace().add(process + " answers: " + said);
    if (!process.dead() && said.message().contains("a fault of savepointd")) {
      simulation.rules().broken("no fault of ours", said.message(), null);
    }
  }

  private void start(SimulatedDaemon daemon, Demand.Start start) {
    ask(daemon, start).ifPresent(a -> open.add(new Asked(daemon.process(), start, a)));
  }

  private List<Asked> open() {
    open.removeIf(asked -> asked.answer().isDone() || asked.process().dead());
    return open;
  }

  /** Whether somebody waits for a start without state. */
  boolean wantEmpty() {
    return open().stream().anyMatch(a -> a.start().from() instanceof Demand.From.Nothing);
  }

  /** Whether somebody waits for any start. */
  boolean wantAStart() {
    return !open().isEmpty();
  }

  /** Whether the only start that somebody waits for is one that can't be. */
  boolean wantsNonsenseAlone() {
    return !open().isEmpty()
        && open().stream().allMatch(a -> a.start().from().equals(new Demand.From.Path(NOWHERE)));
  }
}
