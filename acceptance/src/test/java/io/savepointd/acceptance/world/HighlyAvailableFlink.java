package io.savepointd.acceptance.world;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * A session cluster of two JobManagers, one of which leads by ZooKeeper's word, and one
 * TaskManager. Its sessions are short, so that a leader that was killed is missed after seconds.
 */
public final class HighlyAvailableFlink implements AutoCloseable {
  private static final String JOB_MANAGER =
      "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
  private static final String TASK_MANAGER =
      "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";
  private static final Pattern REST_UP =
      Pattern.compile("Rest endpoint listening at 127\\.0\\.0\\.1:(\\d+)");
  private static final Pattern LEADS =
      Pattern.compile("http://127\\.0\\.0\\.1:\\d+ was granted leadership");
  private static final Duration START = Duration.ofSeconds(90);
  private static final int HEAP_MIB = 256;

  private final String version;
  private final Path dir;
  private final Map<String, String> settings;
  private final List<ManagedProcess> jobManagers = new ArrayList<>();
  private final List<ManagedProcess> taskManagers = new ArrayList<>();

  private HighlyAvailableFlink(String version, Path dir, Map<String, String> settings) {
    this.version = version;
    this.dir = dir;
    this.settings = settings;
  }

  /**
   * Starts so many JobManagers and a TaskManager; returns once one leads and knows that one.
   *
   * @param storage where they keep what a new leader needs, on a file system both reach
   */
  public static HighlyAvailableFlink start(
      String version, Path parent, ZooKeeperProcess zooKeeper, String storage, int jobManagers)
      throws IOException {
    Map<String, String> settings = new TreeMap<>();
    settings.put("high-availability.type", "zookeeper");
    settings.put("high-availability.zookeeper.quorum", zooKeeper.quorum());
    settings.put("high-availability.cluster-id", clusterId(version));
    settings.put("high-availability.storageDir", storage + "/ha");
    settings.put("high-availability.zookeeper.client.session-timeout", "5000");
    settings.put("high-availability.zookeeper.client.connection-timeout", "5000");
    settings.put("state.checkpoints.dir", storage + "/checkpoints");
    settings.put("heartbeat.interval", "1000");
    settings.put("heartbeat.timeout", "10000");
    settings.put("cluster.registration.error-delay", "500");
    HighlyAvailableFlink flink =
        new HighlyAvailableFlink(version, parent.resolve("ha-" + version), settings);
    try {
      for (int i = 0; i < jobManagers; i++) {
        flink.jobManagers.add(flink.server("jobmanager-" + i, JOB_MANAGER));
      }
      flink.taskManagers.add(flink.server("taskmanager", TASK_MANAGER));
      flink.awaitSlots(flink.awaitLeader());
      return flink;
    } catch (IOException | RuntimeException | Error e) {
      flink.close();
      throw e;
    }
  }

  /** As the cluster is called in ZooKeeper. */
  public static String clusterId(String version) {
    return "/flink-" + version;
  }

  private ManagedProcess server(String name, String mainClass) throws IOException {
    FlinkConf conf = new FlinkConf(version, dir.resolve(name), settings);
    conf.write();
    List<String> args = new ArrayList<>(List.of("--configDir", conf.dir().toString()));
    if (mainClass.equals(JOB_MANAGER)) {
      args.addAll(List.of("--executionMode", "cluster"));
    }
    return new JavaServer(
            Folders.flink(version), conf.dir(), conf.jvmOptions(), mainClass, HEAP_MIB, args)
        .start(name, dir);
  }

  /** Waits until a living JobManager leads and answers for its runs; returns its number. */
  public int awaitLeader() {
    return Awaitility.await("a leader of Flink " + version)
        .atMost(START)
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(
            () -> {
              int number = leader();
              if (number >= 0) {
                List<FlinkRest.Run> unused = client(number).runs();
              }
              return number;
            },
            number -> number >= 0);
  }

  private int leader() {
    for (int i = 0; i < jobManagers.size(); i++) {
      Path log = JavaServer.log("jobmanager-" + i, dir);
      if (jobManagers.get(i).isAlive() && ManagedProcess.contains(log, LEADS)) {
        return i;
      }
    }
    return -1;
  }

  private void awaitSlots(int leader) {
    FlinkRest rest = client(leader);
    Awaitility.await("a TaskManager of Flink " + version)
        .atMost(START)
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> rest.overview().path("slots-total").asInt() == FlinkConf.SLOTS);
  }

  /** The REST API of that JobManager, once it has bound it. */
  public FlinkRest client(int jobManager) {
    String port =
        jobManagers
            .get(jobManager)
            .await(JavaServer.log("jobmanager-" + jobManager, dir), REST_UP, START)
            .group(1);
    return new FlinkRest(URI.create("http://127.0.0.1:" + port));
  }

  public ManagedProcess jobManager(int number) {
    return jobManagers.get(number);
  }

  public ManagedProcess taskManager() {
    return taskManagers.get(0);
  }

  /** Starts the JobManager of that number anew, on other ports; returns at once. */
  public void launchJobManager(int number) throws IOException {
    jobManagers.get(number).close();
    jobManagers.set(number, server("jobmanager-" + number, JOB_MANAGER));
  }

  @Override
  public void close() {
    taskManagers.forEach(ManagedProcess::close);
    jobManagers.forEach(ManagedProcess::close);
  }
}
