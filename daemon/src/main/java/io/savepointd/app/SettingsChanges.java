package io.savepointd.app;

import io.savepointd.config.JobSettings;
import io.savepointd.config.Settings;
import io.savepointd.flink.ClusterSettings;
import io.savepointd.model.ClusterName;
import io.savepointd.model.JobName;
import io.savepointd.model.RunId;
import io.savepointd.model.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What one configuration says otherwise than another, one line for each change, as people read it.
 * Pure; never tells the values of keys in which secrets are passed.
 */
final class SettingsChanges {
  private final Settings before;
  private final Settings next;
  private final Map<JobName, RunId> runs;
  private final List<String> lines = new ArrayList<>();

  private SettingsChanges(Settings before, Settings next, Map<JobName, RunId> runs) {
    this.before = before;
    this.next = next;
    this.runs = runs;
  }

  /**
   * The changes; empty if both say the same.
   *
   * @param runs the open runs, by job
   */
  static List<String> between(Settings before, Settings next, Map<JobName, RunId> runs) {
    SettingsChanges changes = new SettingsChanges(before, next, runs);
    changes.one("watch.interval", Settings::watchInterval);
    changes.one("shutdown.savepoint-wait", Settings::savepointWait);
    changes.clusters();
    changes.jobs();
    return List.copyOf(changes.lines);
  }

  private void one(String key, Function<Settings, Duration> of) {
    Duration was = of.apply(before);
    Duration is = of.apply(next);
    if (!was.equals(is)) {
      lines.add(key + " " + Words.of(was) + " -> " + Words.of(is));
    }
  }

  private void clusters() {
    TreeSet<ClusterName> names = new TreeSet<>(before.clusters().keySet());
    names.addAll(next.clusters().keySet());
    for (ClusterName name : names) {
      Optional<ClusterSettings> was = Optional.ofNullable(before.clusters().get(name));
      Optional<ClusterSettings> is = Optional.ofNullable(next.clusters().get(name));
      String subject = "cluster " + name + ": ";
      if (was.isEmpty() || is.isEmpty()) {
        lines.add(subject + (was.isEmpty() ? "added" : "removed"));
      } else {
        differences(ClusterKeys.of(was.get()), ClusterKeys.of(is.get()))
            .forEach(line -> lines.add(subject + line));
      }
    }
  }

  private void jobs() {
    TreeSet<JobName> names = new TreeSet<>(before.jobs().keySet());
    names.addAll(next.jobs().keySet());
    for (JobName name : names) {
      Optional<JobSettings> was = Optional.ofNullable(before.jobs().get(name));
      Optional<JobSettings> is = Optional.ofNullable(next.jobs().get(name));
      String subject = "job " + name + ": ";
      if (was.isEmpty()) {
        lines.add(subject + "added");
      } else if (is.isEmpty()) {
        lines.add(subject + "removed" + leftAlone(name));
      } else {
        differences(JobKeys.of(was.get()), JobKeys.of(is.get()))
            .forEach(line -> lines.add(subject + line));
      }
    }
  }

  private String leftAlone(JobName name) {
    return Optional.ofNullable(runs.get(name))
        .map(run -> "; its run " + run + " goes on, nobody keeps it any more")
        .orElse("");
  }

  private static List<String> differences(Map<String, KeyValue> was, Map<String, KeyValue> is) {
    List<String> found = new ArrayList<>();
    LinkedHashMap<String, KeyValue> all = new LinkedHashMap<>(was);
    all.putAll(is);
    for (String key : all.keySet()) {
      KeyValue before = was.getOrDefault(key, KeyValue.NONE);
      KeyValue after = is.getOrDefault(key, KeyValue.NONE);
      if (!before.text().equals(after.text()) && !saidByItsCron(key, was, is)) {
        found.add(all.get(key).change(key, before, after));
      }
    }
    return found;
  }

  /** Of a schedule that comes or goes, its cron alone is told. */
  private static boolean saidByItsCron(
      String key, Map<String, KeyValue> was, Map<String, KeyValue> is) {
    String cron = key.replaceAll("[.](time-zone|format)$", ".cron");
    return key.startsWith("schedules.")
        && !cron.equals(key)
        && (!was.containsKey(cron) || !is.containsKey(cron));
  }
}
