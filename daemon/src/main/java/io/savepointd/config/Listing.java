package io.savepointd.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import io.savepointd.model.JobName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts what was read into the order of {@code reference.conf}, and each with its origin. */
final class Listing {
  /** The blocks that users name, and the defaults which have the keys of each. */
  private static final Map<String, String> NAMED =
      Map.of("clusters", "cluster", "jobs", "job", "schedules", "schedule");

  private static final String DEFAULTS = "defaults";
  private static final Pattern OF_DEFAULTS = Pattern.compile("savepointd\\.(defaults\\.\\w+)\\..*");

  private final Readings readings;
  private final List<EffectiveSetting> settings = new ArrayList<>();

  Listing(Readings readings) {
    this.readings = readings;
  }

  List<EffectiveSetting> of(ConfigObject reference) {
    block(Reference.ROOT, reference, reference, Optional.empty());
    return List.copyOf(settings);
  }

  private void block(
      String key, ConfigObject block, ConfigObject reference, Optional<JobName> job) {
    block.entrySet().stream()
        .sorted(Comparator.comparingInt(entry -> entry.getValue().origin().lineNumber()))
        .forEach(
            entry ->
                member(
                    Node.join(key, entry.getKey()),
                    entry.getKey(),
                    entry.getValue(),
                    reference,
                    job));
  }

  private void member(
      String key, String name, ConfigValue value, ConfigObject reference, Optional<JobName> job) {
    if (NAMED.containsKey(name)) {
      ConfigObject defaults = (ConfigObject) reference.get(DEFAULTS);
      ConfigObject keys = (ConfigObject) defaults.get(NAMED.get(name));
      for (String member : readings.membersOf(key)) {
        Optional<JobName> of = name.equals("jobs") ? Optional.of(new JobName(member)) : job;
        block(Node.join(key, member), keys, reference, of);
      }
    } else if (value instanceof ConfigObject block) {
      readings.foreignIn(key).values().forEach(reading -> settings.add(setting(reading, job)));
      // What the defaults say is shown where it takes effect.
      if (!name.equals(DEFAULTS)) {
        block(key, block, reference, job);
      }
    } else {
      readings.of(key).ifPresent(reading -> settings.add(setting(reading, job)));
    }
  }

  private static EffectiveSetting setting(Reading reading, Optional<JobName> job) {
    ConfigValue shown =
        reading.source().map(node -> Disclosure.of(node, reading.value())).orElse(reading.value());
    return new EffectiveSetting(
        reading.key(),
        job,
        shown.render(ConfigRenderOptions.concise()),
        reading.source().map(Listing::origin).orElse("default"),
        !shown.equals(reading.value()));
  }

  private static String origin(Node node) {
    String place = node.position().file() + ":" + node.position().line();
    Matcher defaults = OF_DEFAULTS.matcher(node.key());
    String written = defaults.matches() ? defaults.group(1) + ", " + place : place;
    return node.variables().isEmpty()
        ? written
        : "environment variable " + String.join(", ", node.variables()) + " (" + written + ")";
  }
}
