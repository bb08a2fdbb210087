package io.savepointd.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A block of the configuration, read key by key: from the block itself, then from the user's own
 * defaults for such blocks, then from {@code reference.conf}. Collects faults instead of throwing;
 * a faulty value reads as its default, so that one fault doesn't hide the next.
 */
final class Section {
  private final String key;
  private final Position position;
  private final List<Node> layers;
  private final ConfigObject reference;
  private final boolean template;
  private final Problems problems;
  private final Readings readings;
  private final Set<String> faulty = new HashSet<>();

  /**
   * A block with these layers, the first of which counts first. Keys that {@code reference} doesn't
   * have are faults.
   *
   * @param template whether this is a block of defaults, which need not be complete
   */
  Section(
      String key,
      Position position,
      List<Node> layers,
      ConfigObject reference,
      boolean template,
      Problems problems,
      Readings readings) {
    this.key = key;
    this.position = position;
    this.layers = List.copyOf(layers);
    this.reference = reference;
    this.template = template;
    this.problems = problems;
    this.readings = readings;
    layers.forEach(layer -> new KnownKeys(reference, problems).check(layer));
  }

  /** The value as {@code parse} sees it, else the default, if there is one. */
  <T> Optional<T> read(String name, Function<ConfigValue, T> parse) {
    Optional<Node> node = find(name);
    if (node.isPresent()) {
      try {
        T value = parse.apply(node.get().value());
        readings.found(path(name), node.get(), value);
        return Optional.of(value);
      } catch (IllegalArgumentException e) {
        fault(name, node.get(), e.getMessage());
      }
    }
    ConfigValue inherited = reference(name);
    Optional<T> value =
        inherited.valueType() == ConfigValueType.NULL
            ? Optional.empty()
            : Optional.of(parse.apply(inherited));
    readings.inherited(path(name), inherited, value);
    return value;
  }

  private String path(String name) {
    return Node.join(key, name);
  }

  /** Says what stands in for a key without a value, or what came of the value that was read. */
  void settle(String name, Object value) {
    readings.settle(path(name), value);
  }

  /** Notes one of the keys of somebody else's that {@code block} in here may hold. */
  void foreign(String block, String foreignKey, Node node) {
    readings.foreign(path(block), foreignKey, node);
  }

  /** The value of a key that {@code reference.conf} has a default for. */
  <T> T get(String name, Function<ConfigValue, T> parse) {
    return read(name, parse).orElseThrow();
  }

  /** The value of a key without a default: a fault if it isn't there. */
  <T> Optional<T> require(String name, Function<ConfigValue, T> parse, String whatItIs) {
    Optional<T> value = read(name, parse);
    if (value.isEmpty() && isSound(name)) {
      missing(name, "is missing: " + whatItIs);
    }
    return value;
  }

  /** The block {@code name} in here. */
  Section section(String name) {
    return section(name, template);
  }

  /** The block {@code name} in here, which holds defaults. */
  Section template(String name) {
    return section(name, true);
  }

  private Section section(String name, boolean asTemplate) {
    List<Node> nodes = blocks(name);
    Position at = nodes.isEmpty() ? position : nodes.get(0).position();
    return new Section(
        path(name), at, nodes, (ConfigObject) reference(name), asTemplate, problems, readings);
  }

  /**
   * The blocks in the block {@code name}, by names the user chose, in the order of the file.
   *
   * @param defaults what each of them falls back to
   */
  Map<String, Section> named(String name, Section defaults) {
    List<Node> containers = blocks(name);
    Map<String, List<Node>> byName = new LinkedHashMap<>();
    for (String member : membersOf(containers)) {
      List<Node> nodes = layered(containers, member);
      if (!nodes.isEmpty()) {
        byName.put(member, nodes);
      }
    }
    Map<String, Section> sections = new LinkedHashMap<>();
    byName.entrySet().stream()
        .sorted(Comparator.comparing(e -> e.getValue().get(0).position()))
        .forEach(e -> sections.put(e.getKey(), member(name, e.getKey(), e.getValue(), defaults)));
    readings.members(path(name), sections.keySet());
    return sections;
  }

  private Section member(String name, String member, List<Node> nodes, Section defaults) {
    List<Node> all = Stream.concat(nodes.stream(), defaults.layers.stream()).toList();
    return new Section(
        Node.join(path(name), member),
        nodes.get(0).position(),
        all,
        defaults.reference,
        template,
        problems,
        readings);
  }

  private static Set<String> membersOf(List<Node> containers) {
    Set<String> names = new LinkedHashSet<>();
    containers.forEach(c -> c.names().stream().sorted().forEach(names::add));
    return names;
  }

  /** The objects under {@code name}, the one that counts first in front. */
  List<Node> blocks(String name) {
    return layered(layers, name);
  }

  private List<Node> layered(List<Node> containers, String name) {
    List<Node> nodes = new ArrayList<>();
    for (Node container : containers) {
      Optional<Node> node = container.child(name);
      if (node.isPresent() && isUsable(name, node.get())) {
        if (node.get().isNull()) {
          break;
        }
        if (node.get().isObject()) {
          nodes.add(node.get());
        } else {
          fault(name, node.get(), "must be a block { … }");
        }
      }
    }
    return nodes;
  }

  private boolean isUsable(String name, Node node) {
    Optional<String> reason = node.unresolved();
    reason.ifPresent(r -> fault(name, node, r));
    return reason.isEmpty();
  }

  /** What the user wrote; {@code null} stands for the default. */
  private Optional<Node> find(String name) {
    return layers.stream()
        .flatMap(layer -> layer.child(name).stream())
        .findFirst()
        .filter(node -> isUsable(name, node))
        .filter(node -> !node.isNull());
  }

  private ConfigValue reference(String name) {
    return Optional.ofNullable(reference.get(name))
        .orElseThrow(() -> new IllegalStateException("reference.conf lacks " + key + "." + name));
  }

  /** Whether no fault was found in these keys of this block. */
  boolean isSound(String... names) {
    return Stream.of(names).noneMatch(faulty::contains);
  }

  /** Whether the user gave this key a value. */
  boolean isSet(String name) {
    return find(name).isPresent();
  }

  /** Notes that the value of {@code name} is wrong. */
  void fault(String name, String reason) {
    find(name)
        .ifPresentOrElse(
            node -> fault(name, node, reason), () -> problems.add(position, path(name), reason));
  }

  private void fault(String name, Node node, String reason) {
    faulty.add(name);
    problems.add(node, reason);
  }

  /** Notes that {@code name} has no value, unless this is a block of defaults. */
  void missing(String name, String reason) {
    if (!template) {
      problems.add(position, path(name), reason);
    }
  }

  /** Notes that this block as a whole is wrong. */
  void fault(String reason) {
    problems.add(position, key, reason);
  }

  String key() {
    return key;
  }

  Position position() {
    return position;
  }
}
