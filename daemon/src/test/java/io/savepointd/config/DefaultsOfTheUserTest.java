package io.savepointd.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.savepointd.model.ClusterName;
import io.savepointd.model.JobName;
import io.savepointd.retention.RuleSettings;
import io.savepointd.schedule.ScheduleSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefaultsOfTheUserTest {
  @TempDir Path home;
  private Installation installation;

  @BeforeEach
  void install() {
    installation = Installation.in(home);
  }

  private JobSettings averaging(String more) {
    return installation.load(Installation.LEAST + more).jobs().get(new JobName("averaging"));
  }

  @Test
  void standInForWhatAJobLeavesOut() {
    JobSettings job =
        averaging(
            """
            savepointd.defaults.job {
              parallelism = 8
              retention { keep-last = 3, keep-within = 1d }
              timeouts.savepoint = 1h
            }
            savepointd.jobs.averaging.retention.keep-last = 4
            """);

    assertThat(job.job().parallelism()).hasValue(8);
    assertThat(job.retention().job())
        .isEqualTo(RuleSettings.none().keepLast(4).keepWithin(Duration.ofDays(1)));
    assertThat(job.supervision().savepointTimeout()).isEqualTo(Duration.ofHours(1));
    assertThat(job.supervision().startTimeout()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void giveEveryJobASchedule() {
    JobSettings job =
        averaging(
            """
            savepointd.defaults.job.schedules.nightly { cron = "0 0 2 * * ?", time-zone = UTC }
            savepointd.defaults.schedule.time-zone = "Europe/Berlin"
            savepointd.jobs.averaging.schedules {
              nightly.cron = "0 0 3 * * ?"
              hourly.cron = "0 0 * * * ?"
            }
            """);

    assertThat(job.schedules())
        .extracting(ScheduleSettings::name, s -> s.cron().expression(), s -> s.cron().zone())
        .containsExactly(
            tuple("nightly", "0 0 3 * * ?", ZoneId.of("UTC")),
            tuple("hourly", "0 0 * * * ?", ZoneId.of("Europe/Berlin")));
  }

  @Test
  void standInForWhatAClusterLeavesOut() {
    Settings settings =
        installation.load(Installation.LEAST + "savepointd.defaults.cluster.request-timeout = 9s");

    assertThat(settings.clusters().get(new ClusterName("main")).requestTimeout())
        .isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void areSetAsideByNull() {
    JobSettings job =
        averaging(
            """
            savepointd.defaults.job {
              restart = never
              retention { keep-last = 3, keep-within = 1d }
              schedules.nightly.cron = "0 0 2 * * ?"
              flink-configuration { a = 1, b = 2 }
            }
            savepointd.jobs.averaging {
              restart = null
              retention = null
              schedules.nightly = null
              flink-configuration.a = null
            }
            """);

    assertThat(job.supervision().restart().name()).isEqualTo("ALWAYS");
    assertThat(job.retention().job()).isEqualTo(RuleSettings.none());
    assertThat(job.schedules()).isEmpty();
    assertThat(job.job().flinkConfiguration()).isEqualTo(Map.of("b", "2"));
  }

  @Test
  void mergeFlinkOptionsKeyByKey() {
    JobSettings job =
        averaging(
            """
            savepointd.defaults.job.flink-configuration { state.backend.type = rocksdb, x = 1 }
            savepointd.jobs.averaging.flink-configuration { "state.backend.type" = hashmap }
            """);

    assertThat(job.job().flinkConfiguration())
        .isEqualTo(Map.of("state.backend.type", "hashmap", "x", "1"));
  }

  @Test
  void areBlamedOnceWhereTheyStand() {
    String text =
        Installation.LEAST
            + """
            savepointd.jobs.second { jar = "job/averaging-job.jar" }
            savepointd.defaults.job.retention.keep-last = 0
            savepointd.defaults.job.retention.keep-lats = 1
            """;

    assertThat(installation.places(text))
        .containsExactly(
            "8 savepointd.defaults.job.retention.keep-last",
            "9 savepointd.defaults.job.retention.keep-lats");
  }

  @Test
  void areCheckedWhereNoJobFallsBackToThem() {
    String text =
        Installation.LEAST
            + """
            savepointd.defaults.job.parallelism = 0
            savepointd.jobs.averaging.parallelism = 1
            savepointd.defaults.schedule.format = binary
            savepointd.defaults.cluster.rest = 5
            """;

    assertThat(installation.places(text))
        .containsExactly(
            "7 savepointd.defaults.job.parallelism",
            "9 savepointd.defaults.schedule.format",
            "10 savepointd.defaults.cluster.rest");
  }
}
