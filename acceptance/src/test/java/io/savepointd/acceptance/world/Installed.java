package io.savepointd.acceptance.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * savepointd as it is installed for one test class: the built distribution, one configuration, its
 * socket, and the daemon while one runs. What was started is killed by {@link #close}.
 */
public final class Installed implements AutoCloseable {

  private static final Duration COMMAND = Duration.ofSeconds(90);
  private static final Duration READY = Duration.ofSeconds(60);

  /** It may await a savepoint for half a minute first. */
  private static final Duration STOPPED = Duration.ofSeconds(60);

  private static final Duration POLL = Duration.ofMillis(20);
  private static final JsonMapper JSON = JsonMapper.shared();

  private final AdminSocket socket;
  private final Path logs;
  private Distribution distribution;
  private Optional<ManagedProcess> daemon = Optional.empty();

  private Installed(Distribution distribution, AdminSocket socket, Path logs) {
    this.distribution = distribution;
    this.socket = socket;
    this.logs = logs;
  }

  /**
   * Writes the configuration, which must not name a socket: it gets one with a short path.
   *
   * @param dir for its files and logs
   */
  public static Installed with(World world, Path dir, String hocon) throws IOException {
    return with(world, dir, hocon, Map.of());
  }

  /** The same with more variables in the environment. */
  public static Installed with(World world, Path dir, String hocon, Map<String, String> environment)
      throws IOException {
    Path socket = Files.createTempDirectory("savepointd").resolve("s.sock");
    Installed installed = of(world, dir, socket, environment);
    installed.configure(hocon);
    return installed;
  }

  private static Installed of(World world, Path dir, Path socket, Map<String, String> environment) {
    Path logs = dir.resolve("logs");
    Distribution distribution =
        Distribution.built(dir)
            .with("HADOOP_CONF_DIR", world.hdfs().confDir().toString())
            .with("SAVEPOINTD_LOG_DIR", logs.toString());
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      distribution = distribution.with(variable.getKey(), variable.getValue());
    }
    return new Installed(distribution, new AdminSocket(socket), logs);
  }

  /**
   * With that text and nothing more as its configuration: the socket is where it is without a word
   * about it, below the directory that systemd would have made.
   */
  public static Installed asWritten(World world, Path dir, String hocon) throws IOException {
    Path runtime = Files.createTempDirectory("savepointd");
    Installed installed =
        of(
            world,
            dir,
            runtime.resolve("savepointd.sock"),
            Map.of("RUNTIME_DIRECTORY", "" + runtime));
    installed.distribution = installed.distribution.withConfig("application.conf", hocon);
    return installed;
  }

  /** Replaces the configuration; what runs already doesn't take notice. */
  public void configure(String hocon) throws IOException {
    distribution =
        distribution.withConfig(
            "application.conf", hocon + "\nsavepointd.admin.socket = \"" + socket.path() + "\"\n");
  }

  /** From now on HDFS takes its commands for that user's. */
  public Installed as(String hadoopUser) {
    distribution = distribution.with("HADOOP_USER_NAME", hadoopUser);
    return this;
  }

  /** The lines of {@code lineage.log}. */
  public List<String> lineageLog() throws IOException {
    return Files.readAllLines(logs.resolve("lineage.log"));
  }

  /** The lines of {@code savepointd.log}, of all daemons one after the other. */
  public List<String> log() throws IOException {
    Path log = logs.resolve("savepointd.log");
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  public AdminSocket socket() {
    return socket;
  }

  /** Starts the daemon; returns once it says that it is at work. */
  public ManagedProcess startDaemon() throws IOException {
    ManagedProcess started = launchDaemon();
    awaitDaemon("active", READY);
    return started;
  }

  /** Starts the daemon in place of the one before; returns before it says anything. */
  public ManagedProcess launchDaemon() throws IOException {
    daemon.ifPresent(ManagedProcess::close);
    ManagedProcess started = distribution.start("daemon", "run");
    daemon = Optional.of(started);
    return started;
  }

  /** Waits until the daemon says that it is {@code active}, or {@code standby}. */
  public void awaitDaemon(String standing, Duration deadline) throws IOException {
    ManagedProcess started = daemon();
    try {
      Awaitility.await("the daemon to be " + standing)
          .atMost(deadline)
          .pollInterval(POLL)
          .until(() -> isStanding(started, standing));
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(e.getMessage() + "\n" + started.threads(), e);
    }
  }

  private boolean isStanding(ManagedProcess started, String standing) {
    if (!started.isAlive()) {
      throw new AssertionError("the daemon has ended: " + started.stdout() + started.stderr());
    }
    try {
      return status().path("daemon").asString().equals(standing);
    } catch (IOException e) {
      return false; // its socket isn't there yet
    }
  }

  /** The daemon that was started last. */
  public ManagedProcess daemon() {
    return daemon.orElseThrow();
  }

  /** SIGTERM, as systemd stops it; checks that it ends in order. */
  public void stopDaemon() {
    // A JVM that a signal has ended says 128 + 15.
    assertThat(daemon().terminate(STOPPED)).isEqualTo(143);
  }

  /** Runs a command to its end. */
  public CommandResult run(String... args) throws IOException {
    return distribution.run(COMMAND, args);
  }

  /** Runs a command, and kills it if it has not ended by then. */
  public Optional<CommandResult> attempt(Duration deadline, String... args) throws IOException {
    return distribution.attempt(deadline, args);
  }

  /** Runs a command that must succeed. */
  public CommandResult succeed(String... args) throws IOException {
    CommandResult result = run(args);
    assertThat(result.exitCode()).as("%s", result).isZero();
    return result;
  }

  /** Runs a command that must succeed with {@code --json} added, and reads what it prints. */
  public JsonNode json(String... args) throws IOException {
    String[] all = Arrays.copyOf(args, args.length + 1);
    all[args.length] = "--json";
    return JSON.readTree(succeed(all).stdout());
  }

  /** What the daemon answers to {@code GET /status}. */
  public JsonNode status() throws IOException {
    return get("/status");
  }

  /** The first job of {@link #status}. */
  public JsonNode job() throws IOException {
    return status().path("jobs").path(0);
  }

  /** The retained savepoints, newest first, by the daemon. */
  public Stream<JsonNode> retained() throws IOException {
    return savepoints("/savepoints").filter(s -> s.path("state").asString().equals("retained"));
  }

  /** Every savepoint of the ledger, newest first, by the daemon. */
  public Stream<JsonNode> everSaved() throws IOException {
    return savepoints("/savepoints?all=true");
  }

  private Stream<JsonNode> savepoints(String target) throws IOException {
    return elements(get(target).path("savepoints"));
  }

  /** Every run of the ledger, newest first, by the daemon. */
  public Stream<JsonNode> lineage() throws IOException {
    return elements(get("/lineage").path("runs"));
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  /** What the daemon answers to a request that changes something, which must succeed. */
  public JsonNode post(String target) throws IOException {
    return ask("POST", target);
  }

  private JsonNode get(String target) throws IOException {
    return ask("GET", target);
  }

  private JsonNode ask(String method, String target) throws IOException {
    AdminSocket.Reply reply = socket.ask(method, target);
    assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
    return reply.body();
  }

  @Override
  public void close() throws IOException {
    daemon.ifPresent(ManagedProcess::close);
    Files.deleteIfExists(socket.path());
    Files.deleteIfExists(socket.path().getParent());
  }
}
