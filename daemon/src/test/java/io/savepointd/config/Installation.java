package io.savepointd.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A distribution in a temporary directory, with a jar, and configuration files to load. */
final class Installation {
  /** The least that is a whole configuration; six lines. */
  static final String LEAST =
      """
      savepointd {
        clusters.main.rest = "http://localhost:8081"
        jobs.averaging {
          jar = "job/averaging-job.jar"
        }
      }
      """;

  private final Path home;
  private final Map<String, String> environment;

  private Installation(Path home, Map<String, String> environment) {
    this.home = home;
    this.environment = environment;
  }

  static Installation in(Path home) {
    Installation installation = new Installation(home, Map.of());
    installation.write("job/averaging-job.jar", "not looked into");
    return installation;
  }

  Installation with(Map<String, String> variables) {
    return new Installation(home, variables);
  }

  Path path(String name) {
    return home.resolve(name);
  }

  Path write(String name, String content) {
    Path file = home.resolve(name);
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Settings load(String content) {
    Path file = write("application.conf", content);
    try {
      return load(file);
    } catch (ConfigRefused e) {
      throw new AssertionError("refused: " + e.getMessage(), e);
    }
  }

  Settings load(Path file) throws ConfigRefused {
    return new SettingsLoader(home, environment).load(file);
  }

  /** What takes effect of a file that must be good. */
  List<EffectiveSetting> effective(String content) {
    Path file = write("application.conf", content);
    try {
      return new SettingsLoader(home, environment).effective(file);
    } catch (ConfigRefused e) {
      throw new AssertionError("refused: " + e.getMessage(), e);
    }
  }

  /** The faults of a file that must be refused. */
  List<ConfigProblem> problems(String content) {
    return problems(write("application.conf", content));
  }

  List<ConfigProblem> problems(Path file) {
    ConfigRefused refused = catchThrowableOfType(ConfigRefused.class, () -> load(file));
    if (refused == null) {
      throw new AssertionError("was not refused");
    }
    return refused.problems();
  }

  /** Where the faults are and what they concern, as {@code line key}. */
  List<String> places(String content) {
    return problems(content).stream().map(p -> p.line() + " " + p.key()).toList();
  }
}
