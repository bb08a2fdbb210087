package io.savepointd.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Reads a configuration file into {@link Settings}, or tells everything that is wrong with it. */
public final class SettingsLoader {
  private final Path distributionHome;
  private final Map<String, String> environment;

  /**
   * A loader for this installation.
   *
   * @param distributionHome what relative paths of jars count from
   * @param environment what {@code ${VARIABLE}} refers to, and where systemd's directories are
   *     looked up
   */
  public SettingsLoader(Path distributionHome, Map<String, String> environment) {
    this.distributionHome = distributionHome.toAbsolutePath().normalize();
    this.environment = Map.copyOf(environment);
  }

  /**
   * Reads a file and looks at the jars it names; changes nothing.
   *
   * @throws ConfigRefused with every fault found, if there is one
   */
  public Settings load(Path file) throws ConfigRefused {
    Node root = ConfigFile.read(file, environment);
    Problems problems = new Problems();
    FilePaths paths = new FilePaths(distributionHome);
    SettingsReader reader =
        new SettingsReader(
            file.toAbsolutePath().normalize(),
            paths,
            new StorageReader(paths, environment),
            new AdminReader(distributionHome, environment),
            problems);
    Optional<Settings> settings = reader.read(root);
    problems.refuseIfAny();
    return settings.orElseThrow();
  }
}
