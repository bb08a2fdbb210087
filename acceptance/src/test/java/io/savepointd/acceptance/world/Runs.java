package io.savepointd.acceptance.world;

import io.savepointd.acceptance.world.FlinkRest.Run;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;

/** The runs of one name on one cluster, as the cluster tells of them. */
public record Runs(FlinkRest rest, String name) {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Set<String> ENDS = Set.of("CANCELED", "FAILED", "FINISHED");

  /** Every one of that name, the ended ones included. */
  public List<Run> all() throws IOException {
    return rest.runs().stream().filter(run -> run.name().equals(name)).toList();
  }

  public List<Run> alive() throws IOException {
    return all().stream().filter(run -> !ENDS.contains(run.state())).toList();
  }

  /** Waits until exactly one is alive and all its tasks run. */
  public String awaitRunning() {
    return awaitRunningOtherThan("");
  }

  /** The same; the one of that id doesn't count, nor may it be alive any more. */
  public String awaitRunningOtherThan(String former) {
    return Awaitility.await("all tasks of a run named " + name)
        .atMost(PATIENCE)
        .pollInterval(POLL)
        // While a leader is elected nobody answers.
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(this::alive, runs -> isOnlyAndRunning(runs, former))
        .get(0)
        .id();
  }

  private static boolean isOnlyAndRunning(List<Run> runs, String former) {
    return runs.size() == 1 && runs.get(0).isFullyRunning() && !runs.get(0).id().equals(former);
  }

  /** Cancels one behind everybody's back; returns once it has ended. */
  public void kill(String run) throws IOException {
    rest.cancel(run);
    awaitEnd(run);
  }

  /** Waits until that run is over. */
  public void awaitEnd(String run) {
    Awaitility.await("the end of run " + run)
        .atMost(PATIENCE)
        .pollInterval(POLL)
        .until(() -> alive().stream().noneMatch(each -> each.id().equals(run)));
  }

  /** Cancels all that are alive: their slots are needed by the next test class. */
  public void killAll() throws IOException {
    for (Run run : alive()) {
      kill(run.id());
    }
  }
}
