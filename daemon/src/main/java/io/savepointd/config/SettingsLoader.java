package io.savepointd.config;

import java.nio.file.Path;
import java.util.List;
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
   * Where the daemon may listen that this file is of, though it has faults: as it says, if that can
   * be read; else where it says so to the eye, and where it would be if it said nothing.
   */
  public List<Path> sockets(Path file) {
    return new AdminReader(distributionHome, environment).guess(file.toAbsolutePath().normalize());
  }

  /**
   * Reads a file and looks at the jars it names; changes nothing.
   *
   * @throws ConfigRefused with every fault found, if there is one
   */
  public Settings load(Path file) throws ConfigRefused {
    return load(file, new Readings());
  }

  /**
   * Reads a file as {@link #load} does, and gives what was read: every key that takes effect with
   * its value and where that came from, in the order of {@code reference.conf}. Secrets are masked.
   *
   * @throws ConfigRefused with every fault found, if there is one
   */
  public List<EffectiveSetting> effective(Path file) throws ConfigRefused {
    Readings readings = new Readings();
    Settings unused = load(file, readings);
    return new Listing(readings).of(Reference.load());
  }

  private Settings load(Path file, Readings readings) throws ConfigRefused {
    Node root = ConfigFile.read(file, environment);
    Problems problems = new Problems();
    FilePaths paths = new FilePaths(distributionHome);
    SettingsReader reader =
        new SettingsReader(
            file.toAbsolutePath().normalize(),
            paths,
            new StorageReader(paths, environment),
            new AdminReader(distributionHome, environment),
            problems,
            readings);
    Optional<Settings> settings = reader.read(root);
    problems.refuseIfAny();
    return settings.orElseThrow().with(OpenFiles.warnings(readings));
  }
}
