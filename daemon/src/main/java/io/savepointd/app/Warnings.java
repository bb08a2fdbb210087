package io.savepointd.app;

import io.savepointd.config.ConfigWarning;
import io.savepointd.config.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts what should be mended in a configuration into the log, each time one is taken up. */
final class Warnings {
  private static final Logger LOG = LoggerFactory.getLogger(Warnings.class);

  private Warnings() {}

  static void log(Settings settings) {
    for (ConfigWarning warning : settings.warnings()) {
      LOG.warn(
          "event=config.warning file={} line={} key={} reason=\"{}\"",
          warning.file(),
          warning.line(),
          warning.key(),
          warning.reason());
    }
  }
}
