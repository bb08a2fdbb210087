package io.savepointd.admin;

import io.savepointd.model.Launch;
import io.savepointd.model.LaunchId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run was started with; nothing secret is in it.
 *
 * @param id under which the whole is kept on storage; null if an older savepointd started the run
 * @param jarDigest SHA-256 in hexadecimal
 * @param parallelism null is the cluster's own
 */
public record LaunchBody(
    Optional<String> id,
    String jarDigest,
    Optional<String> entryClass,
    List<String> args,
    Optional<Integer> parallelism,
    Map<String, String> flinkConfiguration) {
  /** Of a launch on the ledger. */
  public static LaunchBody of(Launch launch) {
    return new LaunchBody(
        launch.id().map(LaunchId::value),
        launch.jarDigest(),
        launch.entryClass(),
        launch.args(),
        launch.parallelism().isPresent()
            ? Optional.of(launch.parallelism().getAsInt())
            : Optional.empty(),
        launch.flinkConfiguration());
  }
}
