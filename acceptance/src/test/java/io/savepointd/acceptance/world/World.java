package io.savepointd.acceptance.world;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * One HDFS and a session cluster of each Flink version that is asked for, started when it first is.
 * Only one thread may use it.
 */
public final class World implements AutoCloseable {

  /** The version most tests run on. */
  public static final String FLINK = "2.3.0";

  /** The newest 1.x, for what may differ there; it has no savepoint directory of its own. */
  public static final String OLD_FLINK = "1.20.5";

  private final Path dir;
  private final HdfsProcesses hdfs;
  private final Map<String, String> flinkSettings;
  private final Map<String, FlinkProcesses> flinks = new TreeMap<>();

  private World(Path dir, HdfsProcesses hdfs, Map<String, String> flinkSettings) {
    this.dir = dir;
    this.hdfs = hdfs;
    this.flinkSettings = Map.copyOf(flinkSettings);
  }

  /** Starts HDFS; what the processes write is kept in that folder. */
  public static World start(Path dir) throws IOException {
    return start(dir, 1, Map.of());
  }

  /** The same, with so many DataNodes, and more settings for each Flink cluster. */
  public static World start(Path dir, int dataNodes, Map<String, String> flinkSettings)
      throws IOException {
    return new World(dir, HdfsProcesses.start(dir, dataNodes), flinkSettings);
  }

  /** The same on an HDFS that is there already, and is closed with this. */
  public static World on(HdfsProcesses hdfs, Path dir, Map<String, String> flinkSettings) {
    return new World(dir, hdfs, flinkSettings);
  }

  public HdfsProcesses hdfs() {
    return hdfs;
  }

  /** The cluster of that version, with its TaskManager. */
  public FlinkProcesses flink(String version) throws IOException {
    FlinkProcesses flink = flinks.get(version);
    if (flink == null) {
      flink = FlinkProcesses.start(version, dir, settings(version));
      flinks.put(version, flink);
    }
    return flink;
  }

  /**
   * Where the cluster of that version has its configuration, to put more there before it starts.
   */
  public Path flinkConfDir(String version) {
    return FlinkProcesses.confDir(version, dir);
  }

  /** What {@link #FLINK} has as the savepoint directory of its own. */
  public String clusterSavepoints() {
    return hdfs.uri() + "/cluster-savepoints";
  }

  private Map<String, String> settings(String version) {
    Map<String, String> settings = new TreeMap<>(flinkSettings);
    if (!version.equals(OLD_FLINK)) {
      settings.put("state.savepoints.dir", clusterSavepoints());
    }
    return settings;
  }

  @Override
  public void close() {
    flinks.values().forEach(FlinkProcesses::close);
    hdfs.close();
  }
}
