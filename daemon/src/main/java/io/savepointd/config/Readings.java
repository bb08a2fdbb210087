package io.savepointd.config;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Remembers what was read of a configuration while it was: what is shown of it can't be another
 * reading than what takes effect.
 */
final class Readings {
  private final Map<String, Reading> byKey = new LinkedHashMap<>();
  private final Map<String, List<String>> members = new HashMap<>();
  private final Map<String, Map<String, Reading>> foreign = new HashMap<>();

  /** A key that the user gave a value, and what that was read as. */
  void found(String key, Node node, Object value) {
    byKey.put(key, new Reading(key, effective(node.value(), value), Optional.of(node)));
  }

  /** A key with its default. */
  void inherited(String key, ConfigValue inherited, Optional<?> value) {
    ConfigValue effective = value.isPresent() ? effective(inherited, value.get()) : inherited;
    byKey.put(key, new Reading(key, effective, Optional.empty()));
  }

  /** Paths and zones are shown as what they come to on this machine, all else as it is written. */
  private static ConfigValue effective(ConfigValue written, Object value) {
    return value instanceof Path || value instanceof ZoneId
        ? ConfigValueFactory.fromAnyRef(value.toString())
        : written;
  }

  /** What a key that was read comes to. */
  void settle(String key, Object value) {
    byKey.computeIfPresent(
        key, (k, read) -> read.with(ConfigValueFactory.fromAnyRef(value.toString())));
  }

  /** The names that the user gave to the blocks in the block {@code key}, in their order. */
  void members(String key, Set<String> names) {
    members.put(key, List.copyOf(names));
  }

  /** One of somebody else's keys under {@code block}; a later one replaces it. */
  void foreign(String block, String foreignKey, Node node) {
    Map<String, Reading> keys = foreign.computeIfAbsent(block, b -> new TreeMap<>());
    if (node.isNull()) {
      keys.remove(foreignKey);
    } else {
      String key = Node.join(block, foreignKey);
      keys.put(foreignKey, new Reading(key, node.value(), Optional.of(node)));
    }
  }

  Optional<Reading> of(String key) {
    return Optional.ofNullable(byKey.get(key));
  }

  List<String> membersOf(String key) {
    return members.getOrDefault(key, List.of());
  }

  /** By their keys, in the order of these. */
  Map<String, Reading> foreignIn(String block) {
    return foreign.getOrDefault(block, Map.of());
  }

  Collection<Reading> all() {
    return byKey.values();
  }

  Collection<Map<String, Reading>> allForeign() {
    return foreign.values();
  }
}
