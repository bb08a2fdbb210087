package io.savepointd.simulation;

import io.savepointd.flink.FlinkCluster;
import io.savepointd.flink.RunSeen;
import io.savepointd.model.ClusterName;
import io.savepointd.model.RunId;
import io.savepointd.model.RunState;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The two clusters: what happens to either by itself, and what is true of both together. */
final class ClusterWorlds {
  /** Where the job is by its configuration. */
  static final ClusterName MAIN = new ClusterName("main");

  static final ClusterName OTHER = new ClusterName("other");

  private final List<ClusterWorld> all;
  private final Dice dice;

  ClusterWorlds(Simulation simulation, Clock clock, Dice dice) {
    this.dice = dice;
    this.all =
        List.of(
            new ClusterWorld(simulation, MAIN, clock, dice.split()),
            new ClusterWorld(simulation, OTHER, clock, dice.split()));
  }

  /** A process's connection to each of them. */
  Map<ClusterName, FlinkCluster> links(Function<ClusterWorld, FlinkCluster> link) {
    return all.stream()
        .map(link)
        .collect(Collectors.toMap(FlinkCluster::name, Function.identity()));
  }

  /** Any of them, mostly the one that has the run: what happens to the other is hardly noticed. */
  ClusterWorld some() {
    List<ClusterWorld> busy = all.stream().filter(world -> !world.alive().isEmpty()).toList();
    return busy.isEmpty() || dice.chance(0.2) ? dice.one(all) : dice.one(busy);
  }

  void up() {
    all.forEach(world -> world.down(false));
  }

  void endARun(RunState how) {
    all.forEach(world -> world.endARun(how));
  }

  void loseJobManager(boolean highlyAvailable, Duration away) {
    some().loseJobManager(highlyAvailable, away);
  }

  // What is true.

  List<RunSeen> alive() {
    return all.stream().flatMap(world -> world.alive().stream()).toList();
  }

  Optional<RunSeen> seen(RunId run) {
    return all.stream().flatMap(world -> world.seen(run).stream()).findFirst();
  }

  boolean alive(RunId run) {
    return all.stream().anyMatch(world -> world.alive(run));
  }

  /** What a run says it was restored from. */
  Optional<String> restoredFrom(RunId run) {
    return all.stream().flatMap(world -> world.restoredFrom(run).stream()).findFirst();
  }

  /** The number of a run's newest complete checkpoint that is kept. */
  OptionalLong newestCheckpointOf(RunId run) {
    return all.stream()
        .map(world -> world.checkpoints().newestOf(run))
        .flatMapToLong(OptionalLong::stream)
        .max();
  }

  /** Whether any run has ever come to life here. */
  boolean everRan() {
    return all.stream().anyMatch(ClusterWorld::everRan);
  }

  /** Whether an alive run would need that savepoint if it failed now. */
  boolean standsOn(String path) {
    return all.stream().anyMatch(world -> world.standsOn(path));
  }
}
