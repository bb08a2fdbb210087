package io.savepointd.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.config.Settings;
import io.savepointd.model.JobName;
import io.savepointd.model.RunId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsChangesTest {
  private static final String AVERAGING = "savepointd.jobs.averaging.";

  @TempDir private Path directory;
  private SettingsText text;
  private Settings before;

  @BeforeEach
  void begin() throws Exception {
    text = new SettingsText(directory);
    before = text.with("");
  }

  private List<String> changes(String... more) throws Exception {
    return SettingsChanges.between(before, text.with(String.join("\n", more)), Map.of());
  }

  @Test
  void saysNothingOfTheSame() throws Exception {
    assertThat(changes("# another comment")).isEmpty();
  }

  @Test
  void tellsAChangedSchedule() throws Exception {
    assertThat(changes(AVERAGING + "schedules.frequent.cron = \"0/15 * * * * ?\""))
        .containsExactly("job averaging: schedules.frequent.cron 0/30 * * * * ? -> 0/15 * * * * ?");
  }

  @Test
  void tellsANewAndAGoneScheduleByItsCron() throws Exception {
    assertThat(
            changes(
                AVERAGING + "schedules.frequent = null",
                AVERAGING + "schedules.daily.cron = \"0 0 3 * * ?\""))
        .containsExactlyInAnyOrder(
            "job averaging: schedules.frequent.cron 0/30 * * * * ? -> none",
            "job averaging: schedules.daily.cron none -> 0 0 3 * * ?");
  }

  @Test
  void tellsAnAddedAndARemovedJobAndWhatBecomesOfItsRun() throws Exception {
    Settings next =
        text.of(
            """
            savepointd {
              storage.root = "hdfs://nn:9000/root"
              clusters.main.rest = "http://one:8081"
              jobs.orders.jar = "b.jar"
            }
            """);
    RunId run = new RunId("f00" + "0".repeat(29));

    assertThat(SettingsChanges.between(before, next, Map.of(new JobName("averaging"), run)))
        .containsExactly(
            "job averaging: removed; its run " + run + " goes on, nobody keeps it any more",
            "job orders: added");
    assertThat(SettingsChanges.between(before, next, Map.of())).contains("job averaging: removed");
  }

  @Test
  void saysWhenOnlyTheNextStartIsConcerned() throws Exception {
    assertThat(changes(AVERAGING + "jar = \"b.jar\"", AVERAGING + "parallelism = 4"))
        .containsExactlyInAnyOrder(
            "job averaging: jar "
                + directory.resolve("a.jar")
                + " -> "
                + directory.resolve("b.jar")
                + ": by `savepointd upgrade` or a start by command",
            "job averaging: parallelism none -> 4: by `savepointd upgrade` or a start by command");
  }

  @Test
  void neverTellsWhatArgumentsAndFlinksSettingsAre() throws Exception {
    List<String> told =
        changes(
            AVERAGING + "args = [--password, second]",
            AVERAGING + "flink-configuration { \"s3.secret-key\" = hush }");
    assertThat(told)
        .containsExactlyInAnyOrder(
            "job averaging: args (changed): by `savepointd upgrade` or a start by command",
            "job averaging: flink-configuration.s3.secret-key (changed): by `savepointd upgrade` or"
                + " a start by command");
    assertThat(String.join("", told)).doesNotContain("first", "second", "hush");
  }

  @Test
  void tellsOfRetentionSupervisionClustersAndTheWatch() throws Exception {
    assertThat(
            changes(
                AVERAGING + "retention { keep-last = 5, keep-daily = 7, max-bytes = 1GiB }",
                AVERAGING + "schedules.frequent.retention.keep-within = 2h",
                AVERAGING + "restart = never",
                AVERAGING + "timeouts.savepoint = 90s",
                "savepointd.watch.interval = 2s",
                "savepointd.clusters.main.request-timeout = 7s",
                "savepointd.clusters.more.rest = \"http://two:8081\""))
        .containsExactlyInAnyOrder(
            "watch.interval 1s -> 2s",
            "cluster main: request-timeout 5s -> 7s",
            "cluster more: added",
            "job averaging: restart always -> never",
            "job averaging: timeouts.savepoint 15m -> 1m 30s",
            "job averaging: retention.keep-last 3 -> 5",
            "job averaging: retention.keep-daily none -> 7",
            "job averaging: retention.max-bytes none -> 1.0 GiB",
            "job averaging: schedules.frequent.retention.keep-within none -> 2h");
  }

  @Test
  void namesTheKeysThatOnlyARestartTakes() throws Exception {
    Settings next =
        text.with(
            """
            savepointd {
              storage.root = "hdfs://nn:9000/other"
              ledger { silence = 30s, segment-bytes = 2MiB }
              admin.socket = "/tmp/another.sock"
              watch.interval = 3s
            }
            """);
    assertThat(RestartOnly.changed(before, next))
        .containsExactly("storage.root", "ledger.silence", "ledger.segment-bytes", "admin.socket");
    assertThat(RestartOnly.changed(before, text.with("savepointd.watch.interval = 3s"))).isEmpty();
  }
}
