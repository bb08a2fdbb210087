package io.savepointd.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A value of the user's configuration and where it stands.
 *
 * @param key its full path
 * @param value with substitutions carried out
 * @param written the same before they were: a value that came from the environment has no line,
 *     what was written in its place has
 */
record Node(String key, ConfigValue value, Optional<ConfigValue> written, Position position) {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{[^}]*}");
  private static final Pattern VARIABLE =
      Pattern.compile(Pattern.quote(ConfigFile.ENVIRONMENT) + "(\\w+)");

  /** The member called {@code name}; empty if there is none, or this is no object. */
  Optional<Node> child(String name) {
    return member(value, name).map(found -> child(name, found));
  }

  private Node child(String name, ConfigValue found) {
    Optional<ConfigValue> source = written.flatMap(w -> member(w, name));
    Position at =
        Position.of(found)
            .or(() -> source.flatMap(w -> Position.lastOf(w.origin())))
            .orElse(position);
    return new Node(join(key, name), found, source, at);
  }

  /** A path with one more element, quoted where HOCON wants it. */
  static String join(String path, String name) {
    String element = ConfigUtil.joinPath(name);
    return path.isEmpty() ? element : path + "." + element;
  }

  private static Optional<ConfigValue> member(ConfigValue of, String name) {
    try {
      return of instanceof ConfigObject object
          ? Optional.ofNullable(object.get(name))
          : Optional.empty();
    } catch (ConfigException.NotResolved e) {
      return Optional.empty();
    }
  }

  /** The names of its members; none if it is no object. */
  Set<String> names() {
    return value instanceof ConfigObject object ? object.keySet() : Set.of();
  }

  boolean isObject() {
    return value.valueType() == ConfigValueType.OBJECT;
  }

  /** Whether {@code null} is written here. */
  boolean isNull() {
    return value.valueType() == ConfigValueType.NULL;
  }

  /** What is wrong if a substitution in here could not be carried out. */
  Optional<String> unresolved() {
    try {
      visit(value);
      return Optional.empty();
    } catch (ConfigException.NotResolved e) {
      Matcher reference = REFERENCE.matcher(value.render());
      return Optional.of(
          "refers to "
              + (reference.find() ? reference.group() : "something")
              + ", which neither the file nor the environment sets");
    }
  }

  /**
   * Asks what only a resolved value answers, of a list's elements too; members are looked at
   * singly.
   */
  private static void visit(ConfigValue value) {
    if (value.valueType() == ConfigValueType.OBJECT) {
      int unused = ((ConfigObject) value).size();
    } else if (value instanceof ConfigList list) {
      list.forEach(Node::visit);
    }
  }

  /** Names the environment variables the value came from, for the end of a sentence. */
  String provenance() {
    List<String> variables = variables();
    return variables.isEmpty()
        ? ""
        : " (from the environment variable"
            + (variables.size() > 1 ? "s " : " ")
            + String.join(", ", variables)
            + ")";
  }

  /** The environment variables that the value, or an element of the list, came from. */
  List<String> variables() {
    return Stream.concat(
            Stream.of(value), value instanceof ConfigList list ? list.stream() : Stream.of())
        .flatMap(v -> VARIABLE.matcher(v.origin().description()).results())
        .map(found -> found.group(1))
        .distinct()
        .toList();
  }

  /** Without the value, which may be a secret. */
  @Override
  public String toString() {
    return "Node " + key + " at " + position;
  }
}
