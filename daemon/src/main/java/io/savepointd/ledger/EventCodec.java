package io.savepointd.ledger;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event as one line of JSON and back. Every line carries the version of the format ({@code v}),
 * its {@code type} and its instant ({@code at}); fields this version doesn't know are passed over.
 * Safe for several threads.
 */
final class EventCodec {
  /** The version of the format that this code writes, and the newest it can read. */
  static final int VERSION = 1;

  private final JsonMapper mapper =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** The event as one line, without the newline at its end. */
  String encode(Event event) {
    ObjectNode line = mapper.createObjectNode();
    line.put("v", VERSION);
    EventEncoder.encode(event, line);
    return mapper.writeValueAsString(line);
  }

  /** The event that a line (without its newline) tells of. */
  Event decode(String line) throws UnreadableLine {
    Fields fields = new Fields(parse(line));
    long version = fields.number("v");
    if (version > VERSION) {
      throw new UnreadableLine(
          "written by a newer savepointd: format version " + version + ", known up to " + VERSION);
    }
    if (version < 1) {
      throw new UnreadableLine("format version " + version + " has never existed");
    }
    try {
      return EventDecoder.decode(fields);
    } catch (IllegalArgumentException e) {
      throw new UnreadableLine(e.getMessage(), e);
    }
  }

  private ObjectNode parse(String line) throws UnreadableLine {
    if (line.isBlank()) {
      throw new UnreadableLine("the line is empty");
    }
    try {
      JsonNode node = mapper.readTree(line);
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw new UnreadableLine("not a JSON object");
    } catch (JacksonException e) {
      throw new UnreadableLine("not JSON: " + e.getOriginalMessage(), e);
    }
  }
}
