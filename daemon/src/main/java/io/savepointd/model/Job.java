package io.savepointd.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the configuration says of a job: what to run, where and how.
 *
 * @param runName the name its runs bear on the cluster (Flink's {@code pipeline.name}); a run found
 *     there under this name is taken for this job's
 * @param jar absolute path of the program's jar on this machine
 * @param entryClass left out: the manifest's {@code Main-Class}
 * @param parallelism left out: the cluster's default
 * @param flinkConfiguration settings for the run alone, by Flink's own keys
 */
public record Job(
    JobName name,
    ClusterName cluster,
    String runName,
    Path jar,
    Optional<String> entryClass,
    List<String> args,
    OptionalInt parallelism,
    Map<String, String> flinkConfiguration) {

  /** Copies the collections, so that a job never changes. */
  public Job {
    args = List.copyOf(args);
    flinkConfiguration = Map.copyOf(flinkConfiguration);
  }

  /** The same, its jar lying elsewhere. */
  public Job withJar(Path elsewhere) {
    return new Job(
        name, cluster, runName, elsewhere, entryClass, args, parallelism, flinkConfiguration);
  }

  /** The same, on another cluster. */
  public Job on(ClusterName elsewhere) {
    return new Job(
        name, elsewhere, runName, jar, entryClass, args, parallelism, flinkConfiguration);
  }

  /** Without the secrets that arguments and settings may hold: it may come into a log. */
  @Override
  public String toString() {
    return "Job[%s on %s as %s, jar=%s, entryClass=%s, args=%s, parallelism=%s, %s]"
        .formatted(
            name,
            cluster,
            runName,
            jar,
            entryClass.orElse("-"),
            Secrets.inArgs(args),
            parallelism,
            Secrets.inFlinkConfiguration(flinkConfiguration));
  }
}
