package io.savepointd.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;

/** The {@code reference.conf} of this jar: every key there is, with its default. */
final class Reference {
  /** The one key at the root of a configuration. */
  static final String ROOT = "savepointd";

  private Reference() {}

  /** The block under {@link #ROOT}; other jars on the class path may have a file of that name. */
  static ConfigObject load() {
    return ConfigFactory.parseResources(Reference.class.getClassLoader(), "reference.conf")
        .getObject(ROOT);
  }
}
