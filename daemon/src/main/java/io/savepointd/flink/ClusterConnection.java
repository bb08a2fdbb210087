package io.savepointd.flink;

import java.net.http.HttpClient;
import java.time.Clock;

/**
 * The way to one cluster: where it is, and how requests travel. Nothing is sent, and nobody asked
 * where it is, before the first call on what it gives. Closing it ends the threads of a search for
 * the leader, and commands that start runs; calls then say that the cluster isn't asked any more.
 */
public final class ClusterConnection implements AutoCloseable {
  private final ClusterSettings settings;
  private final Whereabouts whereabouts;
  private final Rest rest;
  private final RunningCommands commands = new RunningCommands();

  /** By {@code http}, which stays the caller's, unless the cluster needs a client of its own. */
  public ClusterConnection(ClusterSettings settings, HttpClient http) {
    this.settings = settings;
    this.whereabouts = whereabouts(settings);
    this.rest =
        new Rest(settings, whereabouts, new Transport(settings.name(), settings.transport(), http));
  }

  private static Whereabouts whereabouts(ClusterSettings settings) {
    return settings.location() instanceof LocationSettings.Elected elected
        ? new ElectedLeader(
            settings.name(),
            elected,
            settings.transport().ssl().isPresent(),
            settings.requestTimeout())
        : Whereabouts.fixed(((LocationSettings.Fixed) settings.location()).rest());
  }

  /** The cluster as the lanes see it. */
  public FlinkCluster cluster() {
    return new RestFlinkCluster(settings, rest, launcher());
  }

  private Launcher launcher() {
    return settings.launch() instanceof LaunchSettings.CommandLine commandLine
        ? new CommandLauncher(commandLine, whereabouts, commands, settings.submitTimeout())
        : new Submitter(
            rest, new JarStore(rest, settings.submitTimeout()), settings.submitTimeout());
  }

  /** The cluster as the doctor sees it. */
  public ClusterProbe probe(Clock clock) {
    return new RestClusterProbe(rest, clock);
  }

  /**
   * Ends the commands that are starting runs at this moment, and returns at once: whoever waits for
   * one learns that its outcome is unknown. Those to come aren't concerned.
   */
  public void endCommands() {
    commands.end();
  }

  @Override
  public void close() {
    commands.close();
    whereabouts.close();
  }
}
