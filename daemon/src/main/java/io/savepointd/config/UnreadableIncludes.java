package io.savepointd.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseable;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Watches what is included. A file that may be missing is passed over by the library just as well
 * if it is there and may not be read; half a configuration would be taken for the whole.
 */
final class UnreadableIncludes implements ConfigIncluder, ConfigIncluderFile {
  private static final List<String> EXTENSIONS = List.of("", ".conf", ".json", ".properties");

  private final NavigableSet<ConfigProblem> problems;
  private final Optional<ConfigIncluder> library;

  UnreadableIncludes() {
    this(new TreeSet<>(), Optional.empty());
  }

  private UnreadableIncludes(
      NavigableSet<ConfigProblem> problems, Optional<ConfigIncluder> library) {
    this.problems = problems;
    this.library = library;
  }

  /** The library adds its own way of including to the one it is given. */
  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return new UnreadableIncludes(problems, Optional.of(fallback));
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    Optional.ofNullable(context.relativeTo(what))
        .map(ConfigParseable::origin)
        .map(origin -> origin.filename())
        .ifPresent(this::look);
    return library.orElseThrow().include(context, what);
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    look(what.getPath());
    return library.orElseThrow() instanceof ConfigIncluderFile files
        ? files.includeFile(context, what)
        : ConfigFactory.parseFile(what, context.parseOptions()).root();
  }

  /** Closed directories leave open whether there is such a file. */
  private void look(String name) {
    Stream.of(name)
        .flatMap(n -> EXTENSIONS.stream().map(extension -> Path.of(n + extension)))
        .filter(file -> !Files.notExists(file) && !Files.isReadable(file))
        .map(file -> new ConfigProblem(file.toString(), 0, "", FileAccess.unreadable(file)))
        .forEach(problems::add);
  }

  void refuseIfAny() throws ConfigRefused {
    if (!problems.isEmpty()) {
      throw new ConfigRefused(List.copyOf(problems));
    }
  }
}
