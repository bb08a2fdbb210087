package io.savepointd.acceptance.world;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/**
 * A standalone session cluster: a JobManager and TaskManagers of two slots, each a process of its
 * own. The JobManager keeps its ports for its later lives.
 */
public final class FlinkProcesses implements AutoCloseable {

  private static final String JOB_MANAGER =
      "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
  private static final String TASK_MANAGER =
      "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";
  private static final Pattern RPC_UP =
      Pattern.compile("Actor system started at \\S+@127\\.0\\.0\\.1:(\\d+)");
  private static final Pattern REST_UP =
      Pattern.compile("Rest endpoint listening at 127\\.0\\.0\\.1:(\\d+)");
  private static final Duration START = Duration.ofSeconds(90);
  private static final int HEAP_MIB = 256;

  private final String version;
  private final Path dir;
  private final FlinkConf conf;
  private final HttpClient http;
  private final List<ManagedProcess> taskManagers = new ArrayList<>();
  private ManagedProcess jobManager;

  private FlinkProcesses(String version, Path dir, FlinkConf conf, HttpClient http) {
    this.version = version;
    this.dir = dir;
    this.conf = conf;
    this.http = http;
  }

  /**
   * Starts a JobManager and one TaskManager; returns once the one knows the other.
   *
   * @param settings added to the cluster's configuration, or put in place of what it has
   */
  public static FlinkProcesses start(String version, Path dir, Map<String, String> settings)
      throws IOException {
    return start(version, dir, settings, HttpClient.newHttpClient());
  }

  /** The same, asked by a client that a cluster with TLS takes. */
  public static FlinkProcesses start(
      String version, Path dir, Map<String, String> settings, HttpClient http) throws IOException {
    Path home = home(version, dir);
    FlinkProcesses flink =
        new FlinkProcesses(version, home, new FlinkConf(version, home, settings), http);
    try {
      flink.startJobManager();
      flink.addTaskManager();
      flink.awaitTaskManagers(1);
      return flink;
    } catch (IOException | RuntimeException | Error e) {
      flink.close();
      throw e;
    }
  }

  private static Path home(String version, Path dir) {
    return dir.resolve("flink-" + version);
  }

  /** On the class path of such a cluster's servers. */
  static Path confDir(String version, Path dir) {
    return new FlinkConf(version, home(version, dir), Map.of()).dir();
  }

  /** Starts the JobManager, again on its ports; returns once its REST endpoint is bound. */
  public void startJobManager() throws IOException {
    launchJobManager();
    Path log = JavaServer.log("jobmanager", dir);
    String rpc = jobManager.await(log, RPC_UP, START).group(1);
    String rest = jobManager.await(log, REST_UP, START).group(1);
    conf.ports(Integer.parseInt(rpc), Integer.parseInt(rest));
  }

  /** As {@link #startJobManager}, but returns before it has bound anything. */
  public void launchJobManager() throws IOException {
    if (jobManager != null) {
      jobManager.close();
    }
    conf.write();
    jobManager = server(JOB_MANAGER, "--executionMode", "cluster").start("jobmanager", dir);
  }

  /** Starts one more; it has registered only once {@link #awaitTaskManagers} says so. */
  public ManagedProcess addTaskManager() throws IOException {
    ManagedProcess added = newTaskManager(taskManagers.size());
    taskManagers.add(added);
    return added;
  }

  /**
   * Starts the TaskManager of that number, counted from 0, in place of the one that had it; what
   * that one printed is lost.
   */
  public void launchTaskManager(int number) throws IOException {
    taskManagers.get(number).close();
    taskManagers.set(number, newTaskManager(number));
  }

  private ManagedProcess newTaskManager(int number) throws IOException {
    conf.write();
    return server(TASK_MANAGER).start("taskmanager-" + number, dir);
  }

  private JavaServer server(String mainClass, String... more) {
    List<String> args = new ArrayList<>(List.of("--configDir", conf.dir().toString()));
    args.addAll(List.of(more));
    return new JavaServer(
        Folders.flink(version), conf.dir(), conf.jvmOptions(), mainClass, HEAP_MIB, args);
  }

  /**
   * Waits until the JobManager counts exactly so many, and their slots (reported a moment later).
   */
  public void awaitTaskManagers(int count) {
    FlinkRest rest = client();
    Awaitility.await(count + " TaskManagers of Flink " + version)
        .atMost(START)
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> counts(rest.overview(), count));
  }

  private static boolean counts(JsonNode overview, int taskManagers) {
    return overview.path("taskmanagers").asInt() == taskManagers
        && overview.path("slots-total").asInt() == taskManagers * FlinkConf.SLOTS;
  }

  public URI rest() {
    return conf.rest();
  }

  /** {@code bin/flink} as it is called on this cluster's machine. */
  public FlinkCommandLine commandLine() {
    return new FlinkCommandLine(Folders.flink(version), conf.dir(), dir);
  }

  public FlinkRest client() {
    return new FlinkRest(rest(), http);
  }

  public ManagedProcess jobManager() {
    return jobManager;
  }

  /** In the order of their starts, the dead ones included. */
  public List<ManagedProcess> taskManagers() {
    return List.copyOf(taskManagers);
  }

  /** What jobs have printed, of all TaskManagers one after the other. */
  public List<String> printed() {
    return taskManagers.stream().flatMap(each -> each.stdout().lines()).toList();
  }

  @Override
  public void close() {
    taskManagers.forEach(ManagedProcess::close);
    if (jobManager != null) {
      jobManager.close();
    }
  }
}
