package io.savepointd.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The user's file as HOCON: parsed, with what it includes, and with its substitutions carried out
 * from itself and from the given environment. System properties play no part.
 */
final class ConfigFile {
  /** Begins the origin of each value that came from the environment. */
  static final String ENVIRONMENT = "environment variable ";

  private ConfigFile() {}

  /** The root of the file, as a node without a key. */
  static Node read(Path file, Map<String, String> environment) throws ConfigRefused {
    refuseIfNoFile(file);
    UnreadableIncludes unreadable = new UnreadableIncludes(file.toAbsolutePath().getParent());
    try {
      Config parsed =
          ConfigFactory.parseFile(
              file.toFile(), ConfigParseOptions.defaults().setIncluder(unreadable));
      unreadable.refuseIfAny();
      ConfigObject resolved =
          parsed
              .withFallback(variables(environment))
              .resolve(ConfigResolveOptions.noSystem().setAllowUnresolved(true))
              .root();
      ConfigObject withoutVariables = resolved;
      for (String name : resolved.keySet()) {
        if (!parsed.root().containsKey(name)) {
          withoutVariables = withoutVariables.withoutKey(name);
        }
      }
      return new Node(
          "", withoutVariables, Optional.of(parsed.root()), new Position(file.toString(), 0));
    } catch (ConfigException e) {
      unreadable.refuseIfAny();
      Position at = position(file, e);
      throw refused(at, SyntaxFault.reason(e, at));
    } catch (StackOverflowError e) {
      // The parser calls itself for every bracket that opens.
      throw refused(new Position(file.toString(), 0), "is nested too deeply to be read");
    }
  }

  private static void refuseIfNoFile(Path file) throws ConfigRefused {
    Position whole = new Position(file.toString(), 0);
    // What lies in a directory that is closed to us neither exists nor doesn't.
    if (Files.notExists(file)) {
      throw refused(whole, "no such file");
    }
    if (!Files.isReadable(file)) {
      throw refused(whole, FileAccess.unreadable(file));
    }
    if (!Files.isRegularFile(file)) {
      throw refused(whole, "is not a file");
    }
  }

  private static ConfigObject variables(Map<String, String> environment) {
    Map<String, ConfigValue> values = new HashMap<>();
    environment.forEach(
        (name, value) ->
            values.put(name, ConfigValueFactory.fromAnyRef(value, ENVIRONMENT + name)));
    return ConfigValueFactory.fromMap(values);
  }

  private static Position position(Path file, ConfigException fault) {
    return Position.of(fault.origin()).orElse(new Position(file.toString(), 0));
  }

  private static ConfigRefused refused(Position at, String reason) {
    return new ConfigRefused(List.of(new ConfigProblem(at.file(), at.line(), "", reason)));
  }
}
