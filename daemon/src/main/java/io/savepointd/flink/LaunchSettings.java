package io.savepointd.flink;

import java.nio.file.Path;

/** How runs are started on a cluster. */
public sealed interface LaunchSettings {
  /** Through {@code /jars}: the jar is uploaded, and its main method runs in the JobManager. */
  LaunchSettings THROUGH_JARS = new ThroughJars();

  /** The only one of its kind is {@link #THROUGH_JARS}. */
  record ThroughJars() implements LaunchSettings {}

  /**
   * By {@code bin/flink run}, whose JVM on this machine runs the main method: for clusters that
   * take no jars.
   *
   * @param flinkHome a Flink distribution of the cluster's version
   */
  record CommandLine(Path flinkHome) implements LaunchSettings {
    /** The script that is run. */
    public Path script() {
      return script(flinkHome);
    }

    /** Where a distribution has it. */
    public static Path script(Path flinkHome) {
      return flinkHome.resolve("bin").resolve("flink");
    }
  }
}
