package io.savepointd.app;

import io.savepointd.config.ConfigRefused;
import io.savepointd.config.SettingsLoader;
import io.savepointd.ledger.LocalLocks;
import java.nio.file.Path;
import java.time.Clock;
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
      return new Site(loader().load(file(config)), this, new LocalLocks());
    } catch (ConfigRefused e) {
      throw new BadConfiguration(e);
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

  /** Hadoop's site files, where {@code HADOOP_CONF_DIR} names some. */
  Optional<Path> hadoopConfDir() {
    return variable("HADOOP_CONF_DIR").map(Path::of);
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(v -> !v.isBlank());
  }
}
