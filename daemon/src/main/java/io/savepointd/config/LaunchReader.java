package io.savepointd.config;

import io.savepointd.flink.ClusterSettings;
import io.savepointd.flink.LaunchSettings;
import io.savepointd.flink.LocationSettings;
import io.savepointd.flink.TransportSettings;
import io.savepointd.model.ClusterName;
import io.savepointd.model.Job;
import io.savepointd.model.JobName;
import io.savepointd.model.Secrets;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Reads how runs are started on a cluster, and refuses what that way can't do. */
final class LaunchReader {
  private static final String HOME = "flink-home";

  private final FilePaths paths;

  LaunchReader(FilePaths paths) {
    this.paths = paths;
  }

  LaunchSettings read(
      Section cluster, Optional<LocationSettings> location, TransportSettings transport) {
    Section launch = cluster.section("launch");
    Optional<Path> home = launch.read(HOME, paths::flinkHome);
    if (home.isEmpty()) {
      return LaunchSettings.THROUGH_JARS;
    }
    location
        .flatMap(where -> untold(where, transport))
        .ifPresent(
            what ->
                launch.fault(
                    HOME,
                    "can't be used with "
                        + what
                        + ": `flink run` is told a host and a port, and"
                        + " passwords on a command line can be read by everybody on this machine"));
    return new LaunchSettings.CommandLine(home.get());
  }

  /** What of the way to the cluster the command line can't be told. */
  private static Optional<String> untold(LocationSettings location, TransportSettings transport) {
    if (transport.ssl().isPresent()) {
      return Optional.of("TLS (security.ssl.rest.enabled)");
    }
    if (!transport.headers().isEmpty()) {
      return Optional.of("headers");
    }
    if (!(location instanceof LocationSettings.Fixed fixed)) {
      return Optional.empty();
    }
    URI rest = fixed.rest();
    if (!"http".equalsIgnoreCase(rest.getScheme())) {
      return Optional.of("TLS (" + rest.getScheme() + "://)");
    }
    String path = rest.getPath();
    return path == null || path.isEmpty() || path.equals("/")
        ? Optional.empty()
        : Optional.of("a path in rest ('" + path + "')");
  }

  /** Arguments of a process are anybody's to read; what {@code /jars} is sent is not. */
  static void refuseSecrets(
      Map<JobName, JobSettings> jobs,
      Map<ClusterName, ClusterSettings> clusters,
      Map<String, Section> jobSections) {
    jobs.forEach(
        (name, settings) -> {
          Job job = settings.job();
          ClusterSettings cluster = clusters.get(job.cluster());
          if (cluster != null && cluster.launch() instanceof LaunchSettings.CommandLine) {
            Section section = jobSections.get(name.value());
            if (!Secrets.inArgs(job.args()).equals(job.args())) {
              section.fault("args", shown(job.cluster()));
            }
            Map<String, String> options = job.flinkConfiguration();
            if (!Secrets.inFlinkConfiguration(options).equals(options)) {
              section.fault("flink-configuration", shown(job.cluster()));
            }
          }
        });
  }

  private static String shown(ClusterName cluster) {
    return "holds a secret, and cluster '"
        + cluster
        + "' starts its runs by `flink run` (launch.flink-home), whose arguments everybody on this"
        + " machine can read: let the program read the secret from a file, or put the setting into"
        + " the conf of that flink-home";
  }
}
