package io.savepointd.doctor;

import io.savepointd.flink.ClusterFacts;
import io.savepointd.flink.ClusterProbe;
import io.savepointd.flink.ClusterSettings;
import io.savepointd.flink.ClusterSetup;
import io.savepointd.flink.ClusterUnavailable;
import io.savepointd.flink.LaunchSettings;
import io.savepointd.flink.LocationSettings;
import io.savepointd.flink.TestedFlinks;
import io.savepointd.model.ClockReading;
import io.savepointd.model.Words;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What is looked at of one cluster. */
final class ClusterChecks {
  private final ClusterSettings settings;
  private final ClusterProbe probe;
  private final Seen<ClusterFacts> facts = new Seen<>();
  private final Seen<ClusterSetup> setup = new Seen<>();
  private final String file;

  ClusterChecks(ClusterSettings settings, ClusterProbe probe, String file) {
    this.settings = settings;
    this.probe = probe;
    this.file = file;
  }

  static String reach(String cluster) {
    return "cluster " + cluster;
  }

  static String setup(String cluster) {
    return "cluster " + cluster + " setup";
  }

  private String cluster() {
    return settings.name().value();
  }

  /** In order; the slots are {@link SlotsCheck}'s business. */
  List<Check> all(Seen<Storage> storage, boolean rootConfigured) {
    String unreachable = unreachable(settings, file);
    return List.of(
        new Step(reach(cluster()), List.of(), List.of(), unreachable, this::version),
        new Step(
            setup(cluster()),
            List.of(reach(cluster())),
            List.of(StorageRootCheck.NAME),
            unreachable,
            () -> setup(storage.get().filter(s -> rootConfigured))),
        new Step(
            "clock of " + cluster(),
            List.of(reach(cluster())),
            List.of(),
            unreachable,
            this::clock));
  }

  Seen<ClusterFacts> facts() {
    return facts;
  }

  Seen<ClusterSetup> setup() {
    return setup;
  }

  ClusterProbe probe() {
    return probe;
  }

  private Verdict version() throws ClusterUnavailable {
    ClusterFacts seen = probe.facts();
    facts.put(seen);
    String found =
        "Flink " + seen.flinkVersion() + ", " + Words.count(seen.taskManagers(), "TaskManager");
    Optional<String> remark = TestedFlinks.remark(seen.flinkVersion());
    return remark.isEmpty()
        ? new Verdict.Ok(found)
        : new Verdict.Warn(
            found + "; " + remark.get(),
            "upgrade the cluster or savepointd, or try everything first with a job that may be"
                + " lost");
  }

  private Verdict setup(Optional<Storage> configuredRoot) throws IOException {
    ClusterSetup seen = probe.setup();
    setup.put(seen);
    if (settings.launch() instanceof LaunchSettings.CommandLine commandLine) {
      Optional<String> remark =
          FlinkHomeCheck.remark(commandLine.flinkHome(), probe.facts().flinkVersion());
      if (remark.isPresent()) {
        return new Verdict.Failed(
            remark.get(), "launch.flink-home must be a distribution of the cluster's version");
      }
    } else if (!seen.takesJars()) {
      return new Verdict.Failed(
          "takes no jars: web.submit.enable is false",
          "web.submit.enable: true in the cluster's configuration, and restart its JobManager; or"
              + " name a Flink distribution on this machine by launch.flink-home");
    }
    Optional<String> root = configuredRoot.map(s -> s.probe().root());
    Optional<String> inside =
        seen.savepointDirectory().filter(d -> root.filter(r -> within(d, r)).isPresent());
    if (inside.isPresent()) {
      return new Verdict.Warn(
          "its own savepoint directory lies in savepointd's root: " + inside.get(),
          "give the cluster another one, or savepoints made by hand will be called foreign");
    }
    return new Verdict.Ok(
        started(seen)
            + "; "
            + seen.savepointDirectory()
                .map(d -> "its own savepoints go to " + d)
                .orElse("no savepoint directory of its own"));
  }

  private String started(ClusterSetup seen) {
    return settings.launch() instanceof LaunchSettings.CommandLine commandLine
        ? (seen.takesJars() ? "" : "takes no jars; ")
            + "runs are started by "
            + commandLine.script()
        : "takes jars";
  }

  private static boolean within(String directory, String root) {
    String given = directory.replaceAll("/+$", "").replaceFirst("^file:/+", "file:/");
    return given.equals(root) || given.startsWith(root + "/");
  }

  private Verdict clock() throws ClusterUnavailable {
    Optional<ClockReading> reading = probe.clock();
    return reading.isPresent()
        ? ClockVerdict.of(reading.get(), "the JobManager's")
        : new Verdict.Skipped("the cluster doesn't tell its time while no run is alive");
  }

  private interface Asked {
    Verdict of() throws IOException;
  }

  private record Step(
      String name, List<String> needs, List<String> after, String unreachable, Asked asked)
      implements Check {
    @Override
    public Verdict look() throws IOException {
      return asked.of();
    }

    @Override
    public String remedy(IOException failure) {
      return unreachable;
    }
  }

  static String unreachable(ClusterSettings settings, String file) {
    String key = "clusters." + settings.name() + ".";
    if (settings.location() instanceof LocationSettings.Fixed fixed) {
      return "is the JobManager up, and "
          + key
          + "rest in "
          + file
          + " its address? curl "
          + fixed.rest().toString().replaceAll("/+$", "")
          + "/overview";
    }
    return "are ZooKeeper and a JobManager up, and is "
        + key
        + "high-availability in "
        + file
        + " what the cluster's own configuration says?";
  }
}
