package io.savepointd.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigObject;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Watches what is included. A file that may be missing is passed over by the library just as well
 * if it is there and may not be read; half a configuration would be taken for the whole.
 */
final class UnreadableIncludes implements ConfigIncluder, ConfigIncluderFile {
  private static final List<String> EXTENSIONS = List.of(".conf", ".json", ".properties");

  private final Path directory;
  private final NavigableSet<ConfigProblem> problems;
  private final Optional<ConfigIncluder> library;

  /** For what a file in {@code directory} includes. */
  UnreadableIncludes(Path directory) {
    this(directory, new TreeSet<>(), Optional.empty());
  }

  private UnreadableIncludes(
      Path directory, NavigableSet<ConfigProblem> problems, Optional<ConfigIncluder> library) {
    this.directory = directory;
    this.problems = problems;
    this.library = library;
  }

  /** The library adds its own way of including to the one it is given. */
  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return new UnreadableIncludes(directory, problems, Optional.of(fallback));
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    boolean complete = EXTENSIONS.stream().anyMatch(what::endsWith);
    for (String extension : complete ? List.of("") : EXTENSIONS) {
      look(beside(context, what + extension));
    }
    return library.orElseThrow().include(context, what);
  }

  /** The library only says where a file is if it can see it; where it can't, we guess. */
  private Path beside(ConfigIncludeContext context, String name) {
    return Optional.ofNullable(context.relativeTo(name))
        .map(parseable -> parseable.origin().filename())
        .map(Path::of)
        .orElseGet(() -> directory.resolve(name));
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    look(what.toPath());
    return library.orElseThrow() instanceof ConfigIncluderFile files
        ? files.includeFile(context, what)
        : ConfigFactory.parseFile(what, context.parseOptions()).root();
  }

  /** Of a file in a closed directory nobody can tell whether there is one. */
  private void look(Path file) {
    if (!Files.notExists(file) && !Files.isReadable(file)) {
      problems.add(new ConfigProblem(file.toString(), 0, "", FileAccess.unreadable(file)));
    }
  }

  void refuseIfAny() throws ConfigRefused {
    if (!problems.isEmpty()) {
      throw new ConfigRefused(List.copyOf(problems));
    }
  }
}
