package io.savepointd.simulation;

import io.savepointd.ledger.SimulatedDisk;
import java.time.Duration;

/** One life of the daemon; everything it does to the world passes through here first. */
final class Life implements SimulatedDisk.Client {
  private final Simulation simulation;
  private final Machine machine;
  private final long pid;
  private boolean dead;
  private long hungUntil;
  private int interactionsLeft = Integer.MAX_VALUE;
  private boolean diesAfter;

  Life(Simulation simulation, Machine machine, long pid) {
    this.simulation = simulation;
    this.machine = machine;
    this.pid = pid;
  }

  String name() {
    return machine.name() + "#" + pid;
  }

  Machine machine() {
    return machine;
  }

  long pid() {
    return pid;
  }

  boolean dead() {
    return dead;
  }

  /** Dies at a later interaction, before or after that has taken its effect. */
  void dieAt(int interactions, boolean after) {
    interactionsLeft = interactions;
    diesAfter = after;
  }

  void hang(Duration time) {
    hungUntil = simulation.timeline().now() + time.toNanos();
  }

  /** How long it still does nothing at all. */
  Duration hung() {
    return Duration.ofNanos(Math.max(0, hungUntil - simulation.timeline().now()));
  }

  void die(String when) {
    if (!dead) {
      dead = true;
      simulation.trace().add(name() + " dies " + when);
      machine.died(this);
    }
  }

  @Override
  public void before(String what) {
    requireAlive();
    simulation.interactions().count(this);
    interactionsLeft--;
    if (interactionsLeft == 0 && !diesAfter) {
      die("before " + what);
      throw new Crashed(name());
    }
  }

  @Override
  public void after(String what) {
    if (interactionsLeft <= 0 && diesAfter) {
      die("after " + what);
    }
    requireAlive();
  }

  private void requireAlive() {
    if (dead) {
      throw new Crashed(name());
    }
  }

  @Override
  public SimulatedDisk.Sync sync() {
    return simulation.faults().sync();
  }

  @Override
  public long nanos() {
    return simulation.timeline().now();
  }

  @Override
  public void pause(Duration duration) {
    requireAlive();
    simulation.timeline().pass(duration);
    if (!dead && !hung().isZero()) {
      simulation.timeline().pass(hung());
    }
    requireAlive();
  }

  @Override
  public String toString() {
    return name();
  }
}
