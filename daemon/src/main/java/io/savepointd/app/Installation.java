package io.savepointd.app;

import io.savepointd.config.ConfigProblem;
import io.savepointd.config.ConfigRefused;
import io.savepointd.config.ConfigWarning;
import io.savepointd.config.Settings;
import io.savepointd.config.SettingsLoader;
import io.savepointd.doctor.Checkup;
import io.savepointd.doctor.Examination;
import io.savepointd.doctor.Machine;
import io.savepointd.ledger.LocalLocks;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where savepointd is installed and what environment it was started in.
 *
 * @param home the distribution's directory, with {@code bin}, {@code lib}, {@code conf} and {@code
 *     job}
 * @param clock the one that everything here goes by
 */
public record Installation(
    Path home, Map<String, String> environment, String version, Clock clock) {
  /** As the launcher and the process's environment say. */
  public static Installation ofThisProcess() {
    String version = Installation.class.getPackage().getImplementationVersion();
    return new Installation(
        Path.of(System.getProperty("savepointd.home", ".")).toAbsolutePath().normalize(),
        System.getenv(),
        version == null ? "development" : version,
        Clock.systemUTC());
  }

  /**
   * The configured site: the given file, else {@code $SAVEPOINTD_CONF}, else the distribution's
   * own.
   */
  public Site site(Optional<Path> config) throws BadConfiguration {
    try {
      return new Site(load(file(config)), this, new LocalLocks());
    } catch (ConfigRefused e) {
      throw new BadConfiguration(e);
    }
  }

  /** The examination of that site, whatever state it is in; nothing is looked at yet. */
  public Examination doctor(Optional<Path> config, DaemonLine daemon) {
    Machine machine = Machine.ofThisProcess();
    Path file = file(config);
    try {
      Settings settings = load(file);
      List<String> warnings = settings.warnings().stream().map(ConfigWarning::toString).toList();
      return new Checkup(settings, new ExaminedSite(settings, this, machine, daemon), warnings)
          .examination();
    } catch (ConfigRefused e) {
      return Checkup.withoutSettings(
          machine, file, e.problems().stream().map(ConfigProblem::toString).toList());
    }
  }

  /** Every setting of that site that takes effect, secrets masked. */
  public EffectiveConfiguration effective(Optional<Path> config) throws BadConfiguration {
    try {
      return EffectiveConfiguration.of(file(config), loader().effective(file(config)));
    } catch (ConfigRefused e) {
      throw new BadConfiguration(e);
    }
  }

  private SettingsLoader loader() {
    return new SettingsLoader(home, environment);
  }

  private Path file(Optional<Path> config) {
    return config
        .or(() -> variable("SAVEPOINTD_CONF").map(Path::of))
        .orElseGet(() -> home.resolve("conf").resolve("application.conf"));
  }

  /**
   * Where a daemon may listen that was started with this file, though the file has faults by now;
   * the likeliest first, none if that can't be told at all.
   */
  public List<Path> sockets(Optional<Path> config) {
    return loader().sockets(file(config));
  }

  /** Reads a file by this environment. */
  Settings load(Path file) throws ConfigRefused {
    return loader().load(file);
  }

  /** Hadoop's site files, where {@code HADOOP_CONF_DIR} names some. */
  Optional<Path> hadoopConfDir() {
    return variable("HADOOP_CONF_DIR").map(Path::of);
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(v -> !v.isBlank());
  }
}
