package io.savepointd.acceptance.world;

import java.util.List;

/**
 * The versions of Flink to test: usually the two that every other test runs on as well, and with
 * {@code -Dflink.versions=all}, which makes the build collect their jars, all that are supported.
 */
public final class FlinkVersions {

  /** The newest patch release of each, oldest first. */
  public static final List<String> ALL =
      List.of("1.18.1", "1.19.3", World.OLD_FLINK, "2.0.2", "2.1.3", "2.2.1", World.FLINK);

  private static final List<String> USUAL = List.of(World.OLD_FLINK, World.FLINK);

  private FlinkVersions() {}

  /** Those of this run. */
  public static List<String> wanted() {
    String wanted = System.getProperty("flink.versions", "");
    if (!wanted.isEmpty() && !wanted.equals("all")) {
      throw new IllegalArgumentException(
          "-Dflink.versions=" + wanted + ": 'all' or nothing is what the build knows");
    }
    return wanted.isEmpty() ? USUAL : ALL;
  }

  /** Whether the shared world has a cluster of it, for everybody. */
  public static boolean isShared(String version) {
    return USUAL.contains(version);
  }
}
