package io.savepointd.flink;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer of the REST API, whatever its status. What it means is read from it as it came; what is
 * said of it, or quoted from it, is said with discretion.
 *
 * @param asked which cluster and request it answers, for messages
 */
record Reply(String asked, int status, BoundedBody.Text body, Discretion discretion) {
  private static final JsonMapper JSON = JsonMapper.shared();

  boolean ok() {
    return status / 100 == 2;
  }

  /** Whether Flink itself, and for a reason that will stand, said no. */
  boolean refusedByFlink() {
    // 408 is what Flink's handlers answer for a timeout inside the cluster.
    return status / 100 == 4 && status != 408 && status != 429 && error().flink();
  }

  /** The answer's content, if it is a success that can be understood. */
  JsonNode json() throws ClusterUnavailable {
    if (!ok()) {
      throw refusal();
    }
    if (body.cut()) {
      throw unusable("the answer is too long");
    }
    try {
      return JSON.readTree(body.value());
    } catch (JacksonException e) {
      // Without the parser's own words, which quote what it met.
      throw unusable("the answer is no JSON");
    }
  }

  /** The refusal in Flink's words; of anything else that may answer, the beginning. */
  FlinkError error() {
    return FlinkError.parse(body.value(), discretion);
  }

  /** Says with which status and for what reason the answer is no success. */
  ClusterUnavailable refusal() {
    return new ClusterUnavailable(refused());
  }

  /** The same in words. */
  String refused() {
    return asked + ": HTTP " + status + ": " + error().reason();
  }

  /** Says that the answer can't be made sense of, and why. */
  ClusterUnavailable unusable(String why) {
    return new ClusterUnavailable(asked + ": " + why + ": " + excerpt());
  }

  /** A stack trace in the answer, boiled down to what people need of it. */
  String reason(String stackTrace) {
    return discretion.in(StackTraceText.reason(stackTrace));
  }

  private String excerpt() {
    String text = body.value().strip();
    String shown = text.length() <= 200 ? text : text.substring(0, 200) + "…";
    return "'" + discretion.in(shown) + "'";
  }
}
