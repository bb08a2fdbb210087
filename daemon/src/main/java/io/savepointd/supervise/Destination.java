package io.savepointd.supervise;

import io.savepointd.flink.ClusterFacts;
import io.savepointd.flink.ClusterUnavailable;
import io.savepointd.flink.FlinkRelease;
import io.savepointd.flink.RunSeen;
import io.savepointd.ledger.JobHistory;
import io.savepointd.model.ClusterName;
import io.savepointd.model.Run;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The cluster that a running job is to move to, and whether it can, as far as that can be told
 * before anything is stopped. Asks both clusters, and blocks for a few requests.
 */
public final class Destination {
  private final ClusterAccess from;
  private final ClusterAccess to;
  private final boolean olderFlink;

  /**
   * Between two clusters.
   *
   * @param olderFlink whether a person has allowed that the new one runs an older Flink
   */
  public Destination(ClusterAccess from, ClusterAccess to, boolean olderFlink) {
    this.from = from;
    this.to = to;
    this.olderFlink = olderFlink;
  }

  /** What was found. */
  public sealed interface Found {}

  /**
   * Nothing speaks against it.
   *
   * @param remark what a person may want to know all the same
   */
  public record Fit(String remark) implements Found {}

  /** It can't be, or isn't to be. */
  public record Unfit(Answer why) implements Found {}

  /** Looks at both. */
  public Found look(Run run, String runName, JobHistory history, Instant now) {
    ClusterFacts there;
    ClusterFacts here;
    try {
      there = to.cluster().facts();
      here = from.cluster().facts();
    } catch (ClusterUnavailable e) {
      return unreachable(e.getMessage());
    }
    ClusterView view = to.watch().look(now);
    if (view instanceof ClusterView.Unavailable down) {
      return unreachable(down.reason());
    }
    List<RunSeen> named = ((ClusterView.Seen) view).aliveOf(runName, history);
    if (!named.isEmpty()) {
      return refused(
          "run "
              + named.get(0).id()
              + " on cluster "
              + name()
              + " bears the job's name '"
              + named.get(0).name()
              + "', and would be taken for its own: cancel that one first");
    }
    Optional<String> older = older(here, there);
    if (older.isPresent() && !olderFlink) {
      return refused(
          older.get()
              + "; nothing was stopped. With --allow-older-flink it is tried, and comes back if it"
              + " fails");
    }
    return new Fit(
        "Flink "
            + here.flinkVersion()
            + " -> "
            + there.flinkVersion()
            + ", "
            + there.slotsAvailable()
            + " of "
            + there.slotsTotal()
            + " slots free"
            + older.map(why -> "; " + why).orElse(""));
  }

  /**
   * Why an older Flink will hardly do; empty unless it is one, as far as both say what they are.
   */
  private Optional<String> older(ClusterFacts here, ClusterFacts there) {
    Optional<FlinkRelease> old = FlinkRelease.of(here.flinkVersion());
    Optional<FlinkRelease> next = FlinkRelease.of(there.flinkVersion());
    if (old.isEmpty() || next.isEmpty() || next.get().compareTo(old.get()) >= 0) {
      return Optional.empty();
    }
    boolean readable = next.get().savepointFormat() >= old.get().savepointFormat();
    return Optional.of(
        "cluster "
            + name()
            + " runs Flink "
            + there.flinkVersion()
            + ", older than the "
            + here.flinkVersion()
            + " of cluster "
            + from.cluster().name()
            + ": "
            + (readable
                ? "Flink doesn't promise that an older version reads the savepoint of a newer one"
                : "an older Flink can't read the savepoint of a newer one"));
  }

  private ClusterName name() {
    return to.cluster().name();
  }

  private static Found unreachable(String reason) {
    return new Unfit(new Answer.Unreachable(reason + "; nothing was stopped"));
  }

  private static Found refused(String reason) {
    return new Unfit(new Answer.Refused(reason));
  }
}
