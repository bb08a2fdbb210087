package io.savepointd.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a run was, or is to be, started with, as the ledger tells it: without the secrets in it. The
 * whole is kept on storage under its {@code id}, which tells two launches apart though they differ
 * in a secret alone.
 *
 * @param id empty in what an older savepointd has written, which kept no jar: nothing can be
 *     started by it
 * @param jarDigest SHA-256 of the jar in hexadecimal
 * @param allowNonRestoredState as configured; not what a person has allowed for one start
 */
public record Launch(
    Optional<LaunchId> id,
    ClusterName cluster,
    String jarDigest,
    Optional<String> entryClass,
    List<String> args,
    OptionalInt parallelism,
    Map<String, String> flinkConfiguration,
    boolean allowNonRestoredState) {

  /** Copies the collections, masked. */
  public Launch {
    args = List.copyOf(Secrets.inArgs(args));
    flinkConfiguration = Map.copyOf(Secrets.inFlinkConfiguration(flinkConfiguration));
  }

  /** Of a job as it is configured, or was. */
  public static Launch of(Job job, String jarDigest, boolean allowNonRestoredState) {
    return new Launch(
        Optional.of(LaunchDigest.of(job, jarDigest, allowNonRestoredState, Digesting.of(job))),
        job.cluster(),
        jarDigest,
        job.entryClass(),
        job.args(),
        job.parallelism(),
        job.flinkConfiguration(),
        allowNonRestoredState);
  }

  /** As an older savepointd wrote it. */
  public static Launch older(
      ClusterName cluster, String jarDigest, List<String> args, OptionalInt parallelism) {
    return new Launch(
        Optional.empty(), cluster, jarDigest, Optional.empty(), args, parallelism, Map.of(), false);
  }

  /** Whether a run can be started by it. */
  public boolean kept() {
    return id.isPresent();
  }

  /** Whether both are one, to the last secret. */
  public boolean same(Launch other) {
    return id.isPresent() && id.equals(other.id);
  }

  /**
   * Whether a job in full is the one that this is the digest of.
   *
   * @param way by which it was digested; where nobody knows, both are tried, since what counts as a
   *     secret changes from version to version
   */
  public boolean provedBy(Job job, Optional<Digesting> way) {
    return way.map(Stream::of)
        .orElseGet(() -> Stream.of(Digesting.values()))
        .map(w -> LaunchDigest.of(job, jarDigest, allowNonRestoredState, w))
        .anyMatch(digest -> id.filter(digest::equals).isPresent());
  }

  /** What {@code next} has otherwise, a few words for each key of the configuration. */
  public List<String> changesTo(Launch next) {
    List<String> changes = new ArrayList<>();
    told(changes, "cluster", cluster, next.cluster);
    told(changes, "jar", brief(jarDigest), brief(next.jarDigest));
    told(changes, "entry-class", entryClass.orElse("-"), next.entryClass.orElse("-"));
    if (!args.equals(next.args)) {
      changes.add("args");
    }
    told(changes, "parallelism", number(parallelism), number(next.parallelism));
    TreeMap<String, String> keys = new TreeMap<>(flinkConfiguration);
    keys.putAll(next.flinkConfiguration);
    for (String key : keys.keySet()) {
      if (!Objects.equals(flinkConfiguration.get(key), next.flinkConfiguration.get(key))) {
        changes.add("flink-configuration." + key);
      }
    }
    told(
        changes,
        "restore.allow-non-restored-state",
        allowNonRestoredState,
        next.allowNonRestoredState);
    if (changes.isEmpty() && !same(next)) {
      changes.add("a secret in args or flink-configuration");
    }
    return List.copyOf(changes);
  }

  private static void told(List<String> changes, String key, Object was, Object is) {
    if (!was.equals(is)) {
      changes.add(key + " " + was + " -> " + is);
    }
  }

  private static String number(OptionalInt number) {
    return number.isPresent() ? String.valueOf(number.getAsInt()) : "the cluster's";
  }

  /** The beginning of a digest, enough for people. */
  private static String brief(String digest) {
    return digest.length() > 12 ? digest.substring(0, 12) : digest;
  }
}
