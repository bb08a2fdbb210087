package io.savepointd.simulation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** A machine with a clock that may be set, on which the daemon is started again when it dies. */
final class Machine {
  private final Simulation simulation;
  private final String name;
  private final MachineClock clock = new MachineClock();
  private Duration offset = Duration.ZERO;
  private boolean on;
  private int processes;
  private Optional<SimulatedDaemon> daemon = Optional.empty();

  Machine(Simulation simulation, String name) {
    this.simulation = simulation;
    this.name = name;
  }

  String name() {
    return name;
  }

  Clock clock() {
    return clock;
  }

  Optional<SimulatedDaemon> daemon() {
    return daemon;
  }

  void stepClock(Duration by) {
    offset = offset.plus(by);
    daemon.ifPresent(SimulatedDaemon::planSchedules);
  }

  void turnOn() {
    on = true;
    startDaemon();
  }

  /** Like pulling the plug. */
  void turnOff() {
    on = false;
    daemon.ifPresent(d -> d.process().die("with its machine"));
    daemon = Optional.empty();
  }

  void died(Life process) {
    if (daemon.filter(d -> d.process().equals(process)).isPresent()) {
      daemon = Optional.empty();
      simulation.timeline().in(simulation.faults().downtime(), this::startDaemon);
    }
  }

  /** SIGTERM, and later a new start. */
  void restartInOrder() {
    daemon.ifPresent(
        d -> {
          d.stop();
          d.process().die("as it was told to");
        });
  }

  private void startDaemon() {
    if (on && daemon.isEmpty()) {
      processes++;
      SimulatedDaemon next = new SimulatedDaemon(simulation, new Life(simulation, this, processes));
      daemon = Optional.of(next);
      simulation.trace().add(next.process() + " starts");
      next.open();
    }
  }

  boolean alive(long pid) {
    return daemon.filter(d -> d.process().pid() == pid).isPresent();
  }

  private final class MachineClock extends Clock {
    @Override
    public Instant instant() {
      return simulation.trueTime().plus(offset);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("instants only");
    }
  }
}
