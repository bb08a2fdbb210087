package io.savepointd.ledger;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The fields of one line, each asked for by name and shape. */
final class Fields {
  private final ObjectNode line;

  Fields(ObjectNode line) {
    this.line = line;
  }

  String text(String name) throws UnreadableLine {
    JsonNode node = required(name);
    if (!node.isString()) {
      throw new UnreadableLine("field '" + name + "' is no string: " + node);
    }
    return node.stringValue();
  }

  long number(String name) throws UnreadableLine {
    JsonNode node = required(name);
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw new UnreadableLine("field '" + name + "' is no whole number: " + node);
    }
    return node.longValue();
  }

  int integer(String name) throws UnreadableLine {
    long value = number(name);
    if (value != (int) value) {
      throw new UnreadableLine("field '" + name + "' is too large: " + value);
    }
    return (int) value;
  }

  OptionalInt optionalInteger(String name) throws UnreadableLine {
    return line.has(name) ? OptionalInt.of(integer(name)) : OptionalInt.empty();
  }

  Instant instant(String name) throws UnreadableLine {
    String text = text(name);
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new UnreadableLine("field '" + name + "' is no instant: '" + text + "'", e);
    }
  }

  /** No such field means false. */
  boolean flag(String name) throws UnreadableLine {
    if (!line.has(name)) {
      return false;
    }
    JsonNode node = required(name);
    if (!node.isBoolean()) {
      throw new UnreadableLine("field '" + name + "' is neither true nor false: " + node);
    }
    return node.booleanValue();
  }

  Optional<String> optionalText(String name) throws UnreadableLine {
    return line.has(name) ? Optional.of(text(name)) : Optional.empty();
  }

  /** Texts by their names; no such field means none. */
  Map<String, String> optionalPairs(String name) throws UnreadableLine {
    Map<String, String> pairs = new TreeMap<>();
    if (line.has(name)) {
      Fields fields = object(name);
      for (String key : fields.line.propertyNames()) {
        pairs.put(key, fields.text(key));
      }
    }
    return pairs;
  }

  /** No such field means an empty list. */
  List<String> optionalTexts(String name) throws UnreadableLine {
    return line.has(name) ? texts(name) : List.of();
  }

  List<String> texts(String name) throws UnreadableLine {
    JsonNode node = required(name);
    if (!node.isArray()) {
      throw new UnreadableLine("field '" + name + "' is no list: " + node);
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode element : node) {
      if (!element.isString()) {
        throw new UnreadableLine("field '" + name + "' has an element that is no string");
      }
      texts.add(element.stringValue());
    }
    return texts;
  }

  <E extends Enum<E>> E oneOf(String name, Class<E> type) throws UnreadableLine {
    String text = text(name);
    for (E constant : type.getEnumConstants()) {
      if (word(constant).equals(text)) {
        return constant;
      }
    }
    throw new UnreadableLine(
        "written by a newer savepointd: field '" + name + "' is '" + text + "'");
  }

  /** How a constant of an enum is written. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  Fields object(String name) throws UnreadableLine {
    if (required(name) instanceof ObjectNode object) {
      return new Fields(object);
    }
    throw new UnreadableLine("field '" + name + "' is no object");
  }

  private JsonNode required(String name) throws UnreadableLine {
    JsonNode node = line.get(name);
    if (node == null) {
      throw new UnreadableLine("field '" + name + "' is missing");
    }
    return node;
  }
}
