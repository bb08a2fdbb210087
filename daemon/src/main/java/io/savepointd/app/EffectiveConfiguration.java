package io.savepointd.app;

import io.savepointd.config.EffectiveSetting;
import io.savepointd.model.JobName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a configuration comes to, key by key in the order of {@code reference.conf}; secrets are
 * masked.
 *
 * @param file where it was read from
 */
public record EffectiveConfiguration(Path file, List<Setting> settings) {
  /** Copies the settings. */
  public EffectiveConfiguration {
    settings = List.copyOf(settings);
  }

  static EffectiveConfiguration of(Path file, List<EffectiveSetting> settings) {
    return new EffectiveConfiguration(
        file,
        settings.stream()
            .map(
                s ->
                    new Setting(
                        s.key(), s.job().map(JobName::value), s.value(), s.origin(), s.masked()))
            .toList());
  }

  /** The names of the jobs, in their order. */
  public List<String> jobs() {
    return settings.stream().flatMap(s -> s.job().stream()).distinct().toList();
  }

  /** Those of one job. */
  public EffectiveConfiguration of(String job) {
    return new EffectiveConfiguration(file, settings.stream().filter(s -> s.isOf(job)).toList());
  }

  /**
   * One key.
   *
   * @param key its full path
   * @param value as JSON, which is HOCON too
   * @param origin {@code default}, or file and line, with what lay between
   * @param masked whether a secret isn't shown
   */
  public record Setting(
      String key, Optional<String> job, String value, String origin, boolean masked) {
    boolean isOf(String name) {
      return job.filter(j -> j.equals(name)).isPresent();
    }

    /** As a line of HOCON. */
    public String line() {
      return key + " = " + value + "   # " + origin;
    }
  }
}
