package io.savepointd.acceptance.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Where the build leaves what these tests run, seen from the module's own folder. */
public final class Folders {

  private static final Path CLUSTERS = Path.of("clusters", "target");

  private Folders() {}

  static Path hadoop() {
    return CLUSTERS.resolve("hadoop");
  }

  static Path zooKeeper() {
    return CLUSTERS.resolve("zookeeper");
  }

  static Path flink(String version) {
    return CLUSTERS.resolve("flink-" + version);
  }

  static Path serverLogback() {
    return Path.of("src", "test", "resources", "world", "logback-server.xml").toAbsolutePath();
  }

  /** The exploded distribution of the daemon. */
  public static Path distribution() {
    return Path.of("..", "daemon", "target", "savepointd").toAbsolutePath().normalize();
  }

  public static Path averagingJob() {
    return Path.of("..", "job", "target", "averaging-job.jar").toAbsolutePath().normalize();
  }

  /** Flink's TopSpeedWindowing, which Maven has fetched. */
  public static Path foreignProgram() {
    return CLUSTERS
        .resolve("examples")
        .resolve("flink-examples-streaming-" + World.FLINK + "-TopSpeedWindowing.jar")
        .toAbsolutePath();
  }

  /** The Debian package that this build made. */
  public static Path debianPackage() throws IOException {
    return made(".deb");
  }

  /** The archive that this build made. */
  public static Path archive() throws IOException {
    return made(".tar.gz");
  }

  private static Path made(String suffix) throws IOException {
    Path packages = Path.of("..", "packages", "target").toAbsolutePath().normalize();
    try (Stream<Path> all = Files.list(packages)) {
      return all.filter(p -> p.getFileName().toString().endsWith(suffix))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no " + suffix + " in " + packages));
    }
  }

  /**
   * Ends a test that can't be run on this machine, and leaves word for {@code scripts/test}, which
   * says so in its last lines.
   */
  public static void abort(Class<?> test, String why) throws IOException {
    Path dir = Files.createDirectories(Path.of("target", "not-run"));
    Files.writeString(dir.resolve(test.getSimpleName()), why + "\n");
    Assumptions.abort(test.getSimpleName() + " is not run: " + why);
  }

  /** An empty folder for what a test's processes write, kept after the test to be read. */
  public static Path world(Class<?> test) throws IOException {
    return world(test.getSimpleName());
  }

  /** The same by any name, where a test class needs several. */
  public static Path world(String name) throws IOException {
    Path dir = Path.of("target", "world", name).toAbsolutePath();
    if (Files.exists(dir)) {
      delete(dir);
    }
    return Files.createDirectories(dir);
  }

  /** Deletes a folder with all that is in it. */
  public static void delete(Path dir) throws IOException {
    try (Stream<Path> old = Files.walk(dir)) {
      for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
