package io.savepointd.doctor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The configuration, which was read before any other check could be thought of. */
final class ConfigurationCheck implements Check {
  static final String NAME = "configuration";

  private final Path file;
  private final String summary;
  private final List<String> faults;
  private final List<String> warnings;

  private ConfigurationCheck(
      Path file, String summary, List<String> faults, List<String> warnings) {
    this.file = file;
    this.summary = summary;
    this.faults = List.copyOf(faults);
    this.warnings = List.copyOf(warnings);
  }

  /** A file that was read. */
  static ConfigurationCheck good(Path file, String summary, List<String> warnings) {
    return new ConfigurationCheck(file, summary, List.of(), warnings);
  }

  /** A file that was refused for these faults. */
  static ConfigurationCheck refused(Path file, List<String> faults) {
    return new ConfigurationCheck(file, "", faults, List.of());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Verdict look() {
    if (!faults.isEmpty()) {
      return new Verdict.Failed(
          String.join("; ", faults),
          "mend " + file + " and try it with `savepointd check-config`; docs/configuration.md");
    }
    return warnings.isEmpty()
        ? new Verdict.Ok(file + ": " + summary)
        : new Verdict.Warn(String.join("; ", warnings), "chmod or mend what is named");
  }

  @Override
  public String remedy(IOException failure) {
    return "look at " + file;
  }
}
