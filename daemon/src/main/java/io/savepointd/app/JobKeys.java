package io.savepointd.app;

import io.savepointd.config.JobSettings;
import io.savepointd.model.Job;
import io.savepointd.model.Words;
import io.savepointd.retention.RetentionPolicy;
import io.savepointd.retention.Rule;
import io.savepointd.retention.RuleSettings;
import io.savepointd.schedule.ScheduleSettings;
import io.savepointd.supervise.SupervisionSettings;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the configuration says of one job, key by key as in the file; pure. */
final class JobKeys {
  private final Map<String, KeyValue> keys = new LinkedHashMap<>();

  private JobKeys() {}

  /** In the order of the reference; what isn't set is left out. */
  static Map<String, KeyValue> of(JobSettings settings) {
    JobKeys all = new JobKeys();
    all.program(settings.job());
    all.supervision(settings.supervision());
    settings.schedules().forEach(schedule -> all.schedule(schedule));
    all.retention(settings.retention());
    return all.keys;
  }

  private void program(Job job) {
    keys.put("cluster", KeyValue.shown(job.cluster().value()).byMove(job));
    launch("jar", job.jar().toString());
    job.entryClass().ifPresent(name -> launch("entry-class", name));
    keys.put("args", KeyValue.hidden(job.args().toString()).byUpgrade());
    if (job.parallelism().isPresent()) {
      launch("parallelism", String.valueOf(job.parallelism().getAsInt()));
    }
    keys.put("run-name", KeyValue.shown(job.runName()).atStart());
    new TreeMap<>(job.flinkConfiguration())
        .forEach(
            (key, value) ->
                keys.put("flink-configuration." + key, KeyValue.hidden("=" + value).byUpgrade()));
  }

  private void supervision(SupervisionSettings s) {
    put("restart", word(s.restart()));
    put("empty-start", word(s.emptyStart()));
    put("restart-backoff.initial", Words.of(s.backoff().initial()));
    put("restart-backoff.max", Words.of(s.backoff().max()));
    put("restart-backoff.reset-after", Words.of(s.backoff().resetAfter()));
    put("crash-loop.deaths", String.valueOf(s.crashLoop().deaths()));
    put("crash-loop.within", Words.of(s.crashLoop().within()));
    int walkBack = s.restore().walkBack();
    put("restore.from", word(s.restore().from()));
    put("restore.fallback", walkBack == 0 ? "newest-only" : "walk-back " + walkBack);
    launch("restore.allow-non-restored-state", String.valueOf(s.restore().allowNonRestoredState()));
    put("timeouts.start", Words.of(s.startTimeout()));
    put("timeouts.savepoint", Words.of(s.savepointTimeout()));
    put("timeouts.leftover", Words.of(s.leftoverGrace()));
    put("timeouts.upgrade", Words.of(s.upgradeTimeout()));
    s.failover().ifPresent(failover -> put("timeouts.failover", Words.of(failover)));
  }

  private void schedule(ScheduleSettings schedule) {
    String key = "schedules." + schedule.name() + ".";
    put(key + "cron", schedule.cron().expression());
    put(key + "time-zone", schedule.cron().zone().getId());
    put(key + "format", word(schedule.format()));
  }

  private void retention(RetentionPolicy policy) {
    rules("retention.", policy.job());
    put("retention.time-zone", policy.zone().getId());
    if (policy.maxBytes().isPresent()) {
      put("retention.max-bytes", Words.bytes(policy.maxBytes().getAsLong()));
    }
    new TreeMap<>(policy.schedules())
        .forEach((name, rules) -> rules("schedules." + name + ".retention.", rules));
  }

  private void rules(String block, RuleSettings settings) {
    for (Rule rule : settings.rules()) {
      if (rule instanceof Rule.KeepLast last) {
        put(block + "keep-last", String.valueOf(last.count()));
      } else if (rule instanceof Rule.KeepWithin within) {
        put(block + "keep-within", Words.of(within.limit()));
      } else if (rule instanceof Rule.KeepPeriodic periodic) {
        put(block + periodic.period().key(), String.valueOf(periodic.count()));
      }
    }
  }

  private void put(String key, String value) {
    keys.put(key, KeyValue.shown(value));
  }

  private void launch(String key, String value) {
    keys.put(key, KeyValue.shown(value).byUpgrade());
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
