package io.savepointd.supervise;

import io.savepointd.model.ClusterName;
import io.savepointd.model.Job;
import io.savepointd.model.Run;

/** What is said where a run and the configuration name different clusters. */
public final class ConfiguredElsewhere {
  private ConfiguredElsewhere() {}

  /** Where the run is, what the configuration says, and how both come to say the same. */
  public static String words(Run run, Job configured) {
    return "run "
        + run.id()
        + " is on cluster "
        + run.cluster()
        + ", and the configuration says "
        + configured.cluster()
        + ": "
        + toConfigure(run.cluster())
        + ", or say `savepointd move "
        + configured.name()
        + " --to "
        + configured.cluster()
        + "`";
  }

  /** What is said where a run is where it is to go. */
  public static String already(Run run, Job configured) {
    String done = "nothing to do: run " + run.id() + " is on cluster " + run.cluster() + " already";
    return configured.cluster().equals(run.cluster())
        ? done
        : done + "; " + toConfigure(run.cluster());
  }

  /** So that what is written down is what runs. */
  static String toConfigure(ClusterName cluster) {
    return "put `cluster = " + cluster + "` into its configuration";
  }
}
