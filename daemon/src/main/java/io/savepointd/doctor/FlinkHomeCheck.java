package io.savepointd.doctor;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a Flink distribution on this machine is of its cluster's version. */
final class FlinkHomeCheck {
  /**
   * The jar that every distribution has in its {@code lib}; older ones name Scala's version too.
   */
  private static final Pattern DIST =
      Pattern.compile("flink-dist(?:_[\\d.]+)?-(\\d+\\.\\d+)\\..*jar");

  private FlinkHomeCheck() {}

  /** What is wrong, if anything is; a patch version more or less is not. */
  static Optional<String> remark(Path flinkHome, String clusterVersion) throws IOException {
    Path lib = flinkHome.resolve("lib");
    if (!Files.isDirectory(lib)) {
      return Optional.empty(); // it may have been packaged another way
    }
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(lib, "flink-dist*.jar")) {
      for (Path jar : jars) {
        Matcher name = DIST.matcher(String.valueOf(jar.getFileName()));
        if (name.matches() && !clusterVersion.startsWith(name.group(1) + ".")) {
          return Optional.of(
              flinkHome
                  + " is Flink "
                  + name.group(1)
                  + ", and the cluster Flink "
                  + clusterVersion);
        }
      }
    }
    return Optional.empty();
  }
}
