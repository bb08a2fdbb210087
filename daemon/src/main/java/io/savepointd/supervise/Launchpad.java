package io.savepointd.supervise;

import io.savepointd.model.ClusterName;
import io.savepointd.model.Job;
import io.savepointd.model.Launch;
import io.savepointd.storage.LaunchLost;
import io.savepointd.storage.LocalJar;
import io.savepointd.storage.StorageUnavailable;
import io.savepointd.supervise.JobStatus.State;
import java.io.IOException;
import java.util.Optional;

/**
 * Gets ready what a run is started with: as the configuration says, or as it was kept. What is
 * handed out is on storage.
 */
final class Launchpad {
  private final Keeping keeping;
  private Optional<Digested> last = Optional.empty();

  private record Digested(Job job, Launch launch) {}

  Launchpad(Keeping keeping) {
    this.keeping = keeping;
  }

  /**
   * All that a submission takes; to be closed after it.
   *
   * @param job with its secrets, and with the jar on this machine
   */
  record Ready(Launch launch, Job job, LocalJar jar) implements AutoCloseable {
    @Override
    public void close() {
      jar.close();
    }
  }

  /** It can't be had at the moment, or at all. */
  static final class NotReady extends Exception {
    private static final long serialVersionUID = 1L;

    private final State state;

    NotReady(State state, String message, Exception cause) {
      super(message, cause);
      this.state = state;
    }

    /** Whether a kept launch is gone for good, so that waiting for it would be for ever. */
    boolean lost() {
      return getCause() instanceof LaunchLost;
    }

    State state() {
      return state;
    }
  }

  Ready ready(Program program) throws NotReady {
    return program instanceof Program.Kept kept ? kept(kept.launch()) : configured();
  }

  /** As the configuration says, by the jar as it lies there now. */
  Ready configured() throws NotReady {
    Job job = keeping.job();
    String digest;
    try {
      digest = keeping.jarDigest().of(job.jar());
    } catch (IOException e) {
      throw new NotReady(State.HELD, "jar " + job.jar() + " can't be read: " + e, e);
    }
    return stored(new Ready(launch(job, digest), job, LocalJar.there(job.jar())));
  }

  private Ready stored(Ready ready) throws NotReady {
    try {
      keeping.launches().keep(ready.launch(), ready.job());
      return ready;
    } catch (StorageUnavailable e) {
      throw new NotReady(State.UNREACHABLE, e.getMessage(), e);
    } catch (LaunchLost e) {
      throw new NotReady(State.HELD, e.getMessage(), e);
    }
  }

  /** All that a kept launch has, but for another cluster. */
  Ready elsewhere(Launch launch, ClusterName cluster) throws NotReady {
    Ready here = kept(launch);
    Job job = here.job().on(cluster);
    try {
      return stored(
          new Ready(
              Launch.of(job, launch.jarDigest(), launch.allowNonRestoredState()), job, here.jar()));
    } catch (NotReady e) {
      here.close();
      throw e;
    }
  }

  /** What the configuration says, for comparison; a jar that looks unchanged isn't read again. */
  Launch glance() throws IOException {
    return launch(keeping.job(), keeping.jarDigest().glance(keeping.job().jar()));
  }

  /** Digesting a launch with secrets takes its time. */
  private Launch launch(Job job, String jarDigest) {
    boolean allow = keeping.supervision().restore().allowNonRestoredState();
    Optional<Launch> known =
        last.filter(l -> l.job().equals(job))
            .map(Digested::launch)
            .filter(l -> l.jarDigest().equals(jarDigest) && l.allowNonRestoredState() == allow);
    if (known.isPresent()) {
      return known.get();
    }
    Launch launch = Launch.of(job, jarDigest, allow);
    last = Optional.of(new Digested(job, launch));
    return launch;
  }

  private Ready kept(Launch launch) throws NotReady {
    Job configured = keeping.job();
    Optional<String> lying = digestOf(configured);
    if (lying.filter(digest -> launch(configured, digest).same(launch)).isPresent()) {
      return stored(new Ready(launch, configured, LocalJar.there(configured.jar())));
    }
    try {
      Job job = keeping.launches().recall(launch, configured);
      LocalJar jar =
          lying.filter(launch.jarDigest()::equals).isPresent()
              ? LocalJar.there(configured.jar())
              : keeping.launches().fetch(launch.jarDigest(), job.jar().toString());
      return new Ready(launch, job.withJar(jar.path()), jar);
    } catch (StorageUnavailable e) {
      throw new NotReady(State.UNREACHABLE, e.getMessage() + "; if that lasts, " + remedy(), e);
    } catch (LaunchLost e) {
      throw new NotReady(
          State.HELD, "what was running can't be had: " + e.getMessage() + "; " + remedy(), e);
    }
  }

  private String remedy() {
    return "`savepointd stop "
        + keeping.name()
        + "` and `savepointd start "
        + keeping.name()
        + "` start it as the configuration says";
  }

  private Optional<String> digestOf(Job configured) {
    try {
      return Optional.of(keeping.jarDigest().of(configured.jar()));
    } catch (IOException e) {
      return Optional.empty(); // somebody may be about to put another in its place
    }
  }
}
