package io.savepointd.flink;

import io.savepointd.model.Job;
import io.savepointd.model.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a run by {@code bin/flink run}, for clusters that take no jars. The command runs in a
 * folder of its own, on a copy of the jar whose content is the announced one; it is over when this
 * returns, so that what it may have sent is what the cluster can be asked about. Lanes are never
 * interrupted: {@link RunningCommands} ends a command that nobody waits for.
 */
final class CommandLauncher implements Launcher {
  private static final Logger LOG = LoggerFactory.getLogger(CommandLauncher.class);

  /**
   * What the command needs of our environment: who and where we are, and how Hadoop is reached. The
   * rest is ours: options of our JVM, systemd's sockets, secrets of the configuration.
   */
  private static final Set<String> PASSED_ON =
      Set.of(
          "PATH",
          "HOME",
          "USER",
          "LOGNAME",
          "LANG",
          "LC_ALL",
          "TZ",
          "JAVA_HOME",
          "HADOOP_HOME",
          "HADOOP_CONF_DIR",
          "HADOOP_CLASSPATH",
          "HADOOP_USER_NAME",
          "YARN_CONF_DIR",
          "KRB5_CONFIG",
          "KRB5CCNAME");

  private final LaunchSettings.CommandLine settings;
  private final Whereabouts whereabouts;
  private final RunningCommands commands;
  private final Duration deadline;

  /** Whoever holds {@code commands} may end them at any time. */
  CommandLauncher(
      LaunchSettings.CommandLine settings,
      Whereabouts whereabouts,
      RunningCommands commands,
      Duration deadline) {
    this.settings = settings;
    this.whereabouts = whereabouts;
    this.commands = commands;
    this.deadline = deadline;
  }

  @Override
  public SubmitOutcome submit(Submission submission) {
    Optional<String> secret = secretIn(submission.job());
    if (secret.isPresent()) {
      return new SubmitOutcome.NotSent(secret.get());
    }
    long round = commands.round();
    Path folder;
    try {
      folder = Files.createTempDirectory("savepointd-launch-");
    } catch (IOException e) {
      return notLaunched("no temporary directory: " + e);
    }
    try {
      return submit(submission, folder, round);
    } catch (ClusterUnavailable e) {
      return new SubmitOutcome.Unknown(e.getMessage());
    } finally {
      delete(folder);
    }
  }

  /**
   * The configuration is refused for such; but a run is brought back as it was started, and that
   * may have been through {@code /jars}.
   */
  private static Optional<String> secretIn(Job job) {
    boolean inArgs = !Secrets.inArgs(job.args()).equals(job.args());
    Map<String, String> options = job.flinkConfiguration();
    if (!inArgs && Secrets.inFlinkConfiguration(options).equals(options)) {
      return Optional.empty();
    }
    return Optional.of(
        "its "
            + (inArgs ? "args hold" : "flink-configuration holds")
            + " a secret, kept from when it was started another way, and everybody on this machine"
            + " can read the arguments of `flink run` (launch.flink-home): `savepointd stop "
            + job.name()
            + "` and `savepointd start "
            + job.name()
            + "` start it as the configuration says, without the secret");
  }

  private static SubmitOutcome notLaunched(String why) {
    return new SubmitOutcome.NotSent(StartFaultTexts.NOT_LAUNCHED + ": " + why);
  }

  private SubmitOutcome submit(Submission submission, Path folder, long round)
      throws ClusterUnavailable {
    Path original = submission.job().jar();
    Path jar = folder.resolve("job.jar");
    try {
      Files.copy(original, jar);
      String digest = JarDigest.of(jar);
      if (!digest.equals(submission.jarDigest())) {
        return new SubmitOutcome.JarUnusable(
            "%s has SHA-256 %s, not the announced %s"
                .formatted(original, digest, submission.jarDigest()));
      }
    } catch (IOException e) {
      return Files.isReadable(original)
          ? notLaunched(original + " can't be copied to " + jar + ": " + e)
          : new SubmitOutcome.JarUnusable(original + " can't be read: " + e);
    }
    return run(
        LaunchCommand.of(settings.script(), whereabouts.base(), jar, submission),
        submission,
        folder,
        round);
  }

  private SubmitOutcome run(List<String> command, Submission submission, Path folder, long round) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    prepare(builder.environment(), folder);
    Optional<BoundedProcess> started;
    try {
      started = commands.start(builder, "flink-run-" + submission.job().name(), round);
    } catch (IOException e) {
      return notLaunched(String.valueOf(e));
    }
    if (started.isEmpty()) {
      return new SubmitOutcome.Unknown("flink run wasn't started, since savepointd lets go of it");
    }
    try (BoundedProcess process = started.get()) {
      BoundedProcess.Result result = process.await(deadline);
      if (result.code().isEmpty()) {
        return new SubmitOutcome.Unknown(
            "flink run was ended after " + deadline.toSeconds() + " s without an answer");
      }
      return LaunchAnswers.outcome(result.code().getAsInt(), result.output(), submission.run());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new SubmitOutcome.Unknown("flink run was ended, since the daemon stops");
    } finally {
      commands.over(started.get());
    }
  }

  private void prepare(Map<String, String> environment, Path folder) {
    environment.keySet().retainAll(PASSED_ON);
    environment.putIfAbsent("JAVA_HOME", System.getProperty("java.home"));
    environment.put("FLINK_HOME", settings.flinkHome().toString());
    // bin/flink takes it from the environment before its own folder's.
    environment.put("FLINK_CONF_DIR", settings.flinkHome().resolve("conf").toString());
    // The distribution's own may well be somebody else's to write.
    environment.put("FLINK_LOG_DIR", folder.toString());
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException | UncheckedIOException e) {
      // Something may still be writing there. What became of the submission is known all the same.
      LOG.info("event=launch.folder_left folder={} reason=\"{}\"", folder, String.valueOf(e));
    }
  }
}
