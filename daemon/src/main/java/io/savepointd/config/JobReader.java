package io.savepointd.config;

import com.typesafe.config.ConfigValue;
import io.savepointd.model.ClusterName;
import io.savepointd.model.Job;
import io.savepointd.model.JobName;
import io.savepointd.retention.RetentionPolicy;
import io.savepointd.schedule.ScheduleSettings;
import io.savepointd.supervise.SupervisionSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads one of the {@code jobs}. */
final class JobReader {
  private static final Pattern CLASS_NAME =
      Pattern.compile(
          "\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*"
              + "(\\.\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*)*");

  /** Flink's own bound, the highest max parallelism (KeyGroupRangeAssignment). */
  private static final int HIGHEST_PARALLELISM = 1 << 15;

  private final FilePaths paths;
  private final Set<String> clusters;
  private final Section scheduleDefaults;
  private final FlinkOptions flinkOptions;

  /**
   * A reader of jobs.
   *
   * @param clusters the names of all clusters of the file, also of those with a fault
   */
  JobReader(FilePaths paths, Set<String> clusters, Section scheduleDefaults, Problems problems) {
    this.paths = paths;
    this.clusters = new TreeSet<>(clusters);
    this.scheduleDefaults = scheduleDefaults;
    this.flinkOptions = new FlinkOptions(problems);
  }

  /** The job, unless a fault leaves nothing to make it of. */
  Optional<JobSettings> read(String name, Section job) {
    Optional<ClusterName> cluster = cluster(job);
    Optional<Path> jar = job.require("jar", paths::jar, "the jar of the job's program");
    Optional<String> entryClass = job.read("entry-class", JobReader::className);
    List<String> args = job.get("args", Values::texts);
    OptionalInt parallelism = whole(job, "parallelism", HIGHEST_PARALLELISM);
    String runName = job.read("run-name", Values::text).orElse(name);
    job.settle("run-name", runName);
    Map<String, String> options = flinkOptions.read(job);
    SupervisionSettings supervision = SupervisionReader.read(job);
    Map<String, Section> scheduleSections = job.named("schedules", scheduleDefaults);
    List<ScheduleSettings> schedules = ScheduleReader.readAll(scheduleSections);
    RetentionPolicy retention = RetentionReader.read(job, scheduleSections);
    if (!JobName.isValid(name)) {
      job.fault(Names.reason(name));
    } else if (cluster.isPresent() && jar.isPresent()) {
      Job program =
          new Job(
              new JobName(name),
              cluster.get(),
              runName,
              jar.get(),
              entryClass,
              args,
              parallelism,
              options);
      return Optional.of(new JobSettings(program, supervision, schedules, retention));
    }
    return Optional.empty();
  }

  private Optional<ClusterName> cluster(Section job) {
    Optional<String> name = job.read("cluster", this::configured);
    if (name.isEmpty() && job.isSound("cluster")) {
      if (clusters.size() > 1) {
        job.missing("cluster", "is missing: one of " + String.join(", ", clusters));
        return Optional.empty();
      }
      name = clusters.stream().findFirst();
      name.ifPresent(only -> job.settle("cluster", only));
    }
    return name.filter(ClusterName::isValid).map(ClusterName::new);
  }

  private String configured(ConfigValue value) {
    String name = Values.text(value);
    if (!clusters.contains(name)) {
      throw new IllegalArgumentException(
          "no cluster '" + name + "' is configured" + Suggestion.clause(name, clusters));
    }
    return name;
  }

  private static String className(ConfigValue value) {
    String name = Values.text(value);
    if (!CLASS_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' is no class name, such as org.acme.Main");
    }
    return name;
  }

  private static OptionalInt whole(Section section, String key, int most) {
    return section
        .read(key, Values.whole(1, most))
        .map(OptionalInt::of)
        .orElse(OptionalInt.empty());
  }
}
