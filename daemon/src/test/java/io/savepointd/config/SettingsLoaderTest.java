package io.savepointd.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.admin.AdminSettings;
import io.savepointd.flink.ClusterSettings;
import io.savepointd.ledger.LedgerSettings;
import io.savepointd.model.ClusterName;
import io.savepointd.model.Job;
import io.savepointd.model.JobName;
import io.savepointd.model.SavepointFormat;
import io.savepointd.retention.RetentionPolicy;
import io.savepointd.retention.RuleSettings;
import io.savepointd.schedule.CronSchedule;
import io.savepointd.schedule.ScheduleSettings;
import io.savepointd.storage.StorageSettings;
import io.savepointd.supervise.SupervisionSettings;
import io.savepointd.supervise.SupervisionSettings.Backoff;
import io.savepointd.supervise.SupervisionSettings.CrashLoop;
import io.savepointd.supervise.SupervisionSettings.EmptyStart;
import io.savepointd.supervise.SupervisionSettings.Restart;
import io.savepointd.supervise.SupervisionSettings.Restore;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsLoaderTest {
  private static final ClusterName MAIN = new ClusterName("main");
  private static final JobName AVERAGING = new JobName("averaging");

  @TempDir Path home;
  private Installation installation;

  @BeforeEach
  void install() {
    installation = Installation.in(home);
  }

  @Test
  void loadsTheSixEntriesThatAreAWholeConfiguration() {
    Settings settings =
        installation.load(
            """
            savepointd {
              storage.root = "hdfs://namenode:9000/flink-savepoints"
              clusters.main.rest = "http://localhost:8081"
              jobs.averaging {
                cluster = main
                jar = "job/averaging-job.jar"
                args = ["--host", "localhost", "--port", "9999"]
                schedules.frequent.cron = "0/30 * * * * ?"
                retention.keep-last = 5
              }
            }
            """);

    assertThat(settings.storage())
        .isEqualTo(new StorageSettings(Optional.of("hdfs://namenode:9000/flink-savepoints")));
    JobSettings job = settings.jobs().get(AVERAGING);
    assertThat(job.job().cluster()).isEqualTo(MAIN);
    assertThat(job.job().jar()).isEqualTo(home.resolve("job/averaging-job.jar"));
    assertThat(job.job().args()).containsExactly("--host", "localhost", "--port", "9999");
    assertThat(job.schedules())
        .containsExactly(
            new ScheduleSettings(
                "frequent",
                CronSchedule.parse("0/30 * * * * ?", ZoneId.systemDefault()),
                SavepointFormat.CANONICAL));
    assertThat(job.retention())
        .isEqualTo(RetentionPolicy.keepLast(5).withZone(ZoneId.systemDefault()));
  }

  @Test
  void fillsInTheDefaults() {
    Settings settings = installation.load(Installation.LEAST);

    assertThat(settings.file()).isEqualTo(home.resolve("application.conf"));
    assertThat(settings.storage()).isEqualTo(new StorageSettings(Optional.empty()));
    assertThat(settings.ledger())
        .isEqualTo(
            new LedgerSettings(Duration.ofSeconds(2), Duration.ofSeconds(10), 1024 * 1024, 0));
    assertThat(settings.watchInterval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.clusters())
        .containsExactly(
            Map.entry(
                MAIN,
                new ClusterSettings(
                    MAIN,
                    URI.create("http://localhost:8081"),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(60))));
    assertThat(settings.jobs())
        .containsExactly(
            Map.entry(
                AVERAGING,
                new JobSettings(
                    new Job(
                        AVERAGING,
                        MAIN,
                        "averaging",
                        home.resolve("job/averaging-job.jar"),
                        Optional.empty(),
                        List.of(),
                        OptionalInt.empty(),
                        Map.of()),
                    new SupervisionSettings(
                        Restart.ALWAYS,
                        EmptyStart.FIRST_TIME,
                        new Backoff(
                            Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofMinutes(1)),
                        new CrashLoop(10, Duration.ofHours(1)),
                        new Restore(false, 0),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(15),
                        Duration.ofHours(1),
                        Duration.ofMinutes(5)),
                    List.of(),
                    RetentionPolicy.keepEverything().withZone(ZoneId.systemDefault()))));
  }

  @Test
  void mapsEveryKey() {
    installation.write("job/other.jar", "");
    Settings settings =
        installation.load(
            """
            savepointd {
              storage.root = "viewfs://grid/savepoints"
              ledger { heartbeat = 3s, silence = 11s, segment-bytes = 64KiB, replication = 2 }
              admin.socket = "run/d.sock"
              watch.interval = 250ms
              shutdown.savepoint-wait = 90s
              clusters.east {
                rest = "https://east.acme.org/flink/"
                request-timeout = 7s
                submit-timeout = 2m
              }
              clusters.west.rest = "http://west:8081"
              jobs.sums {
                cluster = east
                jar = "job/other.jar"
                entry-class = org.acme.Sums
                args = [one, 2, true]
                parallelism = 3
                run-name = "the sums"
                flink-configuration { taskmanager.numberOfTaskSlots = 4, "a.b" = 1.50 }
                restart = on-failure
                empty-start = never
                restart-backoff { initial = 2s, max = 1h, reset-after = 90s }
                crash-loop { deaths = 3, within = 20m }
                restore { from = latest-state, fallback = "walk-back 2", allow-non-restored-state = true }
                timeouts { start = 6m, savepoint = 1d, leftover = 30m, upgrade = 7m }
                schedules.nightly {
                  cron = "0 0 2 * * ?"
                  time-zone = Asia/Kathmandu
                  format = native
                  retention {
                    keep-last = 1
                    keep-within = 2d
                    keep-hourly = 3
                    keep-daily = 4
                    keep-weekly = 5
                    keep-monthly = 6
                    keep-yearly = 7
                  }
                }
                retention {
                  keep-last = 9
                  keep-within = 14d
                  keep-hourly = 24
                  keep-daily = 7
                  keep-weekly = 4
                  keep-monthly = 12
                  keep-yearly = 3
                  time-zone = Asia/Kathmandu
                  max-bytes = 500 GiB
                }
              }
            }
            """);

    assertThat(settings)
        .isEqualTo(
            new Settings(
                home.resolve("application.conf"),
                new StorageSettings(Optional.of("viewfs://grid/savepoints")),
                new LedgerSettings(Duration.ofSeconds(3), Duration.ofSeconds(11), 65_536, 2),
                new AdminSettings(home.resolve("run/d.sock")),
                Duration.ofMillis(250),
                Duration.ofSeconds(90),
                Map.of(
                    new ClusterName("east"),
                    new ClusterSettings(
                        new ClusterName("east"),
                        URI.create("https://east.acme.org/flink"),
                        Duration.ofSeconds(7),
                        Duration.ofMinutes(2)),
                    new ClusterName("west"),
                    new ClusterSettings(
                        new ClusterName("west"),
                        URI.create("http://west:8081"),
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(1))),
                Map.of(
                    new JobName("sums"),
                    new JobSettings(
                        new Job(
                            new JobName("sums"),
                            new ClusterName("east"),
                            "the sums",
                            home.resolve("job/other.jar"),
                            Optional.of("org.acme.Sums"),
                            List.of("one", "2", "true"),
                            OptionalInt.of(3),
                            Map.of("taskmanager.numberOfTaskSlots", "4", "a.b", "1.50")),
                        new SupervisionSettings(
                            Restart.ON_FAILURE,
                            EmptyStart.NEVER,
                            new Backoff(
                                Duration.ofSeconds(2), Duration.ofHours(1), Duration.ofSeconds(90)),
                            new CrashLoop(3, Duration.ofMinutes(20)),
                            new Restore(true, 2, SupervisionSettings.From.LATEST_STATE),
                            Duration.ofMinutes(6),
                            Duration.ofDays(1),
                            Duration.ofMinutes(30),
                            Duration.ofMinutes(7)),
                        List.of(
                            new ScheduleSettings(
                                "nightly",
                                CronSchedule.parse("0 0 2 * * ?", ZoneId.of("Asia/Kathmandu")),
                                SavepointFormat.NATIVE)),
                        RetentionPolicy.of(
                                RuleSettings.none()
                                    .keepLast(9)
                                    .keepWithin(Duration.ofDays(14))
                                    .keepHourly(24)
                                    .keepDaily(7)
                                    .keepWeekly(4)
                                    .keepMonthly(12)
                                    .keepYearly(3))
                            .withSchedule(
                                "nightly",
                                RuleSettings.none()
                                    .keepLast(1)
                                    .keepWithin(Duration.ofDays(2))
                                    .keepHourly(3)
                                    .keepDaily(4)
                                    .keepWeekly(5)
                                    .keepMonthly(6)
                                    .keepYearly(7))
                            .withZone(ZoneId.of("Asia/Kathmandu"))
                            .withMaxBytes(500L << 30)))));
  }

  @Test
  void keepsSchedulesInTheOrderOfTheFile() {
    Settings settings =
        installation.load(
            """
            savepointd {
              clusters.main.rest = "http://localhost:8081"
              jobs.averaging {
                jar = "job/averaging-job.jar"
                schedules {
                  zebra.cron = "0 0 1 * * ?"
                  ape.cron = "0 0 2 * * ?"
                  "my.cow".cron = "0 0 3 * * ?"
                }
              }
            }
            """);

    assertThat(settings.jobs().get(AVERAGING).schedules())
        .extracting(ScheduleSettings::name)
        .containsExactly("zebra", "ape", "my.cow");
  }

  @Test
  void takesAJarByItsAbsolutePath() {
    Path jar = installation.write("elsewhere/x.jar", "");

    Settings settings =
        installation.load(
            Installation.LEAST + "savepointd.jobs.averaging.jar = \"%s\"".formatted(jar));

    assertThat(settings.jobs().get(AVERAGING).job().jar()).isEqualTo(jar);
  }

  @Test
  void passesSystemPropertiesBy() {
    System.setProperty("savepointd.watch.interval", "7s");
    try {
      assertThat(installation.load(Installation.LEAST).watchInterval())
          .isEqualTo(Duration.ofSeconds(1));
    } finally {
      System.clearProperty("savepointd.watch.interval");
    }
  }

  @Test
  void handsOutWhatNobodyCanChange() {
    Settings settings = installation.load(Installation.LEAST);

    assertThat(settings.jobs()).isUnmodifiable();
    assertThat(settings.jobs().get(AVERAGING).schedules()).isUnmodifiable();
  }
}
