package io.savepointd.doctor;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Optional;

/** The daemon, if one runs: nothing is wrong with none. */
final class DaemonCheck implements Check {
  private final Surroundings world;
  private final Path socket;

  DaemonCheck(Surroundings world) {
    this.world = world;
    this.socket = world.socket();
  }

  @Override
  public String name() {
    return "daemon";
  }

  @Override
  public Verdict look() throws IOException {
    Optional<Surroundings.DaemonSeen> seen = world.daemon();
    if (seen.isEmpty()) {
      return new Verdict.Ok("none runs; nobody answers on " + socket);
    }
    Surroundings.DaemonSeen daemon = seen.get();
    String found = daemon.standing() + ", version " + daemon.version() + ", on " + socket;
    if (!daemon.version().equals(world.version())) {
      return new Verdict.Warn(
          found + "; this command is " + world.version(),
          "restart the daemon, which leaves the jobs alone: systemctl restart savepointd");
    }
    return daemon.standing().equals("starting")
        ? new Verdict.Warn(
            found + ": " + daemon.detail(), "see the lines below, and `savepointd status`")
        : new Verdict.Ok(found);
  }

  @Override
  public String remedy(IOException failure) {
    return failure instanceof AccessDeniedException
        ? "use sudo, or be let into the group of " + socket
        : "does the daemon hang? `savepointd status`, its log, and then systemctl restart"
            + " savepointd, which leaves the jobs alone";
  }
}
