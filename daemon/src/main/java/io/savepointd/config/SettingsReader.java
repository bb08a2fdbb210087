package io.savepointd.config;

import io.savepointd.admin.AdminSettings;
import io.savepointd.flink.ClusterSettings;
import io.savepointd.ledger.LedgerSettings;
import io.savepointd.model.ClusterName;
import io.savepointd.model.JobName;
import io.savepointd.storage.StorageSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the whole file, block by block. */
final class SettingsReader {
  private final Path file;
  private final FilePaths paths;
  private final StorageReader storageReader;
  private final AdminReader adminReader;
  private final Problems problems;
  private final Readings readings;

  SettingsReader(
      Path file,
      FilePaths paths,
      StorageReader storageReader,
      AdminReader adminReader,
      Problems problems,
      Readings readings) {
    this.file = file;
    this.paths = paths;
    this.storageReader = storageReader;
    this.adminReader = adminReader;
    this.problems = problems;
    this.readings = readings;
  }

  /** The settings, to be used only if no fault was found; empty if there is nothing to read. */
  Optional<Settings> read(Node file) {
    refuseOtherRoots(file);
    Optional<Node> block = file.child(Reference.ROOT).filter(this::isBlock);
    return block.map(
        node ->
            settings(
                new Section(
                    Reference.ROOT,
                    node.position(),
                    List.of(node),
                    Reference.load(),
                    false,
                    problems,
                    readings)));
  }

  private void refuseOtherRoots(Node file) {
    for (String name : file.names()) {
      if (!name.equals(Reference.ROOT)) {
        file.child(name)
            .ifPresent(
                node ->
                    problems.add(
                        node,
                        "no such key; everything is under 'savepointd'"
                            + Suggestion.clause(name, Set.of(Reference.ROOT))));
      }
    }
    if (!file.names().contains(Reference.ROOT)) {
      problems.add(file.position(), Reference.ROOT, "is missing: the file configures nothing");
    }
  }

  private boolean isBlock(Node node) {
    Optional<String> unresolved = node.unresolved();
    if (unresolved.isPresent() || !node.isObject()) {
      problems.add(node, unresolved.orElse("must be a block { … }"));
      return false;
    }
    return true;
  }

  private Settings settings(Section root) {
    Section defaults = root.template("defaults");
    Section clusterDefaults = defaults.section("cluster");
    Section jobDefaults = defaults.section("job");
    Section scheduleDefaults = defaults.section("schedule");

    StorageSettings storage = storageReader.read(root.section("storage"));
    LedgerSettings ledger = LedgerReader.read(root.section("ledger"));
    AdminSettings admin = adminReader.read(root.section("admin"), file);
    Duration watch = root.section("watch").get("interval", Values::duration);
    Duration wait = root.section("shutdown").get("savepoint-wait", Values::duration);

    Map<String, Section> clusterSections = root.named("clusters", clusterDefaults);
    ClusterReader clusterReader = new ClusterReader(paths, problems);
    Map<ClusterName, ClusterSettings> clusters = clusterReader.readAll(clusterSections);
    Set<String> clusterNames = new TreeSet<>();
    root.blocks("clusters").forEach(block -> clusterNames.addAll(block.names()));

    Map<String, Section> jobSections = root.named("jobs", jobDefaults);
    JobReader reader = new JobReader(paths, clusterNames, scheduleDefaults, problems);
    Map<JobName, JobSettings> jobs = JobsReader.readAll(jobSections, reader);
    LaunchReader.refuseSecrets(jobs, clusters, jobSections);

    // The defaults' own faults, also of those that no block falls back to.
    clusterReader.read("defaults", clusterDefaults);
    reader.read("defaults", jobDefaults);
    ScheduleReader.read("defaults", scheduleDefaults);
    RetentionReader.ofSchedule(scheduleDefaults);
    refuseNone(root, clusterNames, jobSections.keySet());
    return new Settings(file, storage, ledger, admin, watch, wait, clusters, jobs);
  }

  private static void refuseNone(Section root, Set<String> clusters, Set<String> jobs) {
    if (clusters.isEmpty()) {
      root.missing("clusters", "is missing: name one, such as clusters.main.rest = \"http://…\"");
    }
    if (jobs.isEmpty()) {
      root.missing("jobs", "is missing: without a job there is nothing to keep running");
    }
  }
}
