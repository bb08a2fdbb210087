package io.savepointd.config;

import com.typesafe.config.ConfigValue;
import java.util.Optional;

/**
 * A key as it was read.
 *
 * @param value what takes effect
 * @param source where the user wrote it; empty for a default
 */
record Reading(String key, ConfigValue value, Optional<Node> source) {
  Reading with(ConfigValue effective) {
    return new Reading(key, effective, source);
  }

  /** Without the value, which may be a secret. */
  @Override
  public String toString() {
    return "Reading of " + key;
  }
}
