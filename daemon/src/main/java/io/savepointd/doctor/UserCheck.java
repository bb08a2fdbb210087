package io.savepointd.doctor;

import java.io.IOException;
import java.util.Optional;

/** Whom this command runs as, which decides what the other lines are worth. */
final class UserCheck implements Check {
  private final Surroundings world;

  UserCheck(Surroundings world) {
    this.world = world;
  }

  @Override
  public String name() {
    return "user";
  }

  @Override
  public Verdict look() {
    String self = world.machine().user();
    Optional<String> daemons = world.daemonsUser();
    if (daemons.isEmpty()) {
      return new Verdict.Ok(self);
    }
    return daemons.get().equals(self)
        ? new Verdict.Ok(self + ", as the daemon")
        : new Verdict.Warn(
            self + ", but the daemon is " + daemons.get() + ": it may be let in elsewhere",
            "sudo -u " + daemons.get() + " savepointd doctor");
  }

  @Override
  public String remedy(IOException failure) {
    return "run it as the daemon's user";
  }
}
