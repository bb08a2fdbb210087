package io.savepointd.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigObject;
import io.savepointd.model.JobName;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code config show} prints: what takes effect, and where it came from. */
class EffectiveSettingsTest {
  @TempDir Path home;
  private Installation installation;

  @BeforeEach
  void install() {
    installation = Installation.in(home);
  }

  private Map<String, EffectiveSetting> byKey(String content) {
    return installation.effective(content).stream()
        .collect(Collectors.toMap(EffectiveSetting::key, setting -> setting));
  }

  private String at(String file, int line) {
    return home.resolve(file) + ":" + line;
  }

  private static void keys(String prefix, ConfigObject block, List<String> keys) {
    block.forEach(
        (name, value) -> {
          if (value instanceof ConfigObject inner) {
            keys(prefix + "." + name, inner, keys);
          } else {
            keys.add(prefix + "." + name);
          }
        });
  }

  @Test
  void lacksNoKeyOfTheReference() {
    List<String> expected = new ArrayList<>();
    keys("savepointd", Reference.load(), expected);

    assertThat(
            byKey(
                    Installation.LEAST
                        + "savepointd.jobs.averaging.schedules.s.cron = \"* * * * * ?\"")
                .keySet())
        .hasSizeGreaterThan(30)
        .containsExactlyInAnyOrderElementsOf(
            expected.stream()
                .map(
                    key ->
                        key.replace("savepointd.defaults.cluster.", "savepointd.clusters.main.")
                            .replace("savepointd.defaults.job.", "savepointd.jobs.averaging.")
                            .replace(
                                "savepointd.defaults.schedule.",
                                "savepointd.jobs.averaging.schedules.s."))
                .toList());
  }

  @Test
  void saysWhereEachValueComesFrom() {
    installation.write("jobs.conf", "\naveraging.parallelism = 2\n");
    Map<String, EffectiveSetting> shown =
        new Here(installation.with(Map.of("LAST", "7", "DIR", "job")))
            .byKey(
                """
                savepointd {
                  clusters.main.rest = "http://localhost:8081"
                  defaults.job.retention.keep-within = 2d
                  jobs.averaging {
                    jar = ${DIR}"/averaging-job.jar"
                    retention.keep-last = 3
                    retention.keep-last = ${?LAST}
                    restart = null
                  }
                  jobs { include required("jobs.conf") }
                }
                """);

    assertThat(shown.get("savepointd.jobs.averaging.parallelism"))
        .isEqualTo(
            new EffectiveSetting(
                "savepointd.jobs.averaging.parallelism",
                Optional.of(new JobName("averaging")),
                "2",
                at("jobs.conf", 2),
                false));
    assertThat(shown.get("savepointd.jobs.averaging.retention.keep-within").origin())
        .isEqualTo("defaults.job, " + at("application.conf", 3));
    assertThat(shown.get("savepointd.jobs.averaging.retention.keep-last"))
        .extracting(EffectiveSetting::value, EffectiveSetting::origin)
        .containsExactly("\"7\"", "environment variable LAST (" + at("application.conf", 7) + ")");
    assertThat(shown.get("savepointd.jobs.averaging.jar"))
        .extracting(EffectiveSetting::value, EffectiveSetting::origin)
        .containsExactly(
            "\"" + home.resolve("job/averaging-job.jar") + "\"",
            "environment variable DIR (" + at("application.conf", 5) + ")");
    assertThat(shown.get("savepointd.jobs.averaging.restart").origin()).isEqualTo("default");
    assertThat(shown.get("savepointd.clusters.main.request-timeout").origin()).isEqualTo("default");
    assertThat(shown.get("savepointd.clusters.main.rest").origin())
        .isEqualTo(at("application.conf", 2));
  }

  private record Here(Installation installation) {
    Map<String, EffectiveSetting> byKey(String content) {
      return installation.effective(content).stream()
          .collect(Collectors.toMap(EffectiveSetting::key, setting -> setting));
    }
  }

  @Test
  void showsWhatAnEmptyKeyComesTo() {
    Map<String, EffectiveSetting> shown = byKey(Installation.LEAST);

    assertThat(shown.get("savepointd.jobs.averaging.cluster").value()).isEqualTo("\"main\"");
    assertThat(shown.get("savepointd.jobs.averaging.run-name").value()).isEqualTo("\"averaging\"");
    assertThat(shown.get("savepointd.admin.socket"))
        .satisfies(s -> assertThat(s.value()).endsWith(".sock\"").startsWith("\"/"))
        .satisfies(s -> assertThat(s.origin()).isEqualTo("default"));
    assertThat(shown.get("savepointd.jobs.averaging.retention.time-zone").value())
        .isEqualTo("\"" + ZoneId.systemDefault() + "\"");
    assertThat(shown.get("savepointd.storage.root").value()).isEqualTo("null");
  }

  @Test
  void isInTheOrderOfTheReference() {
    assertThat(
            installation
                .effective(
                    Installation.LEAST
                        + """
                        savepointd.watch.interval = 2s
                        savepointd.storage.root = "file:///a"
                        savepointd.jobs.averaging.flink-configuration { b = 1, a.c = 2 }
                        """)
                .stream()
                .map(EffectiveSetting::key))
        .containsSubsequence(
            "savepointd.storage.root",
            "savepointd.ledger.heartbeat",
            "savepointd.admin.socket",
            "savepointd.watch.interval",
            "savepointd.clusters.main.rest",
            "savepointd.jobs.averaging.cluster",
            "savepointd.jobs.averaging.jar",
            "savepointd.jobs.averaging.args",
            "savepointd.jobs.averaging.flink-configuration.\"a.c\"",
            "savepointd.jobs.averaging.flink-configuration.b",
            "savepointd.jobs.averaging.restart",
            "savepointd.jobs.averaging.retention.keep-last");
  }

  @Test
  void readBackItIsTheSame() {
    String written =
        """
        savepointd {
          storage.root = "file:///savepoints"
          ledger { heartbeat = 1s, silence = 30s, segment-bytes = 64k }
          clusters { main.rest = "http://a:1", "eu.west" { rest = "http://b:1", submit-timeout = 2m } }
          defaults {
            schedule.format = native
            job {
              cluster = main
              schedules { nightly.cron = "0 15 3 * * ?", hourly.cron = "0 0 * * * ?" }
              flink-configuration { "a.b" = 1, c = d }
            }
          }
          jobs.averaging {
            jar = "job/averaging-job.jar"
            args = ["--text", "with \\"quotes\\" # and // signs", ""]
            schedules.nightly = null
            schedules.hourly.retention.keep-last = 3
            flink-configuration.c = null
            retention { keep-daily = 7, time-zone = Europe/Berlin, max-bytes = 5 GiB }
            restore.fallback = "walk-back 2"
          }
          jobs."b.c" { cluster = "eu.west", jar = "job/averaging-job.jar", parallelism = 3 }
        }
        """;
    Settings settings = installation.load(written);
    String shown =
        installation.effective(written).stream()
            .map(s -> s.key() + " = " + s.value() + "   # " + s.origin())
            .collect(Collectors.joining("\n"));

    // In the same file: that of the socket's name.
    assertThat(installation.load(shown)).isEqualTo(settings);
  }

  @Test
  void masksSecretsAndStillSaysWhereTheyAre() {
    Map<String, EffectiveSetting> shown =
        new Here(installation.with(Map.of("DB_PASSWORD", "hunter2", "HOST", "shown")))
            .byKey(
                Installation.LEAST
                    + """
                    savepointd.jobs.averaging {
                      args = ["--password", "hunter2", "--host", ${HOST}]
                      flink-configuration {
                        "s3.secret-key" = hunter2
                        s3.access-key = 1234567
                        "fs.x" = "http://u:hunter2@h"
                        "fs.y" = "a"${DB_PASSWORD}
                        "fs.z" = ${HOST}
                      }
                    }
                    """);

    assertThat(shown.values().toString()).doesNotContain("hunter2").doesNotContain("1234567");
    String job = "savepointd.jobs.averaging.";
    assertThat(shown.get(job + "args"))
        .satisfies(
            s ->
                assertThat(s.value()).isEqualTo("[\"--password\",\"******\",\"--host\",\"shown\"]"))
        .satisfies(s -> assertThat(s.masked()).isTrue())
        .satisfies(
            s ->
                assertThat(s.origin())
                    .isEqualTo("environment variable HOST (" + at("application.conf", 8) + ")"));
    assertThat(shown.get(job + "flink-configuration.\"s3.secret-key\""))
        .extracting(EffectiveSetting::value, EffectiveSetting::origin)
        .containsExactly("\"******\"", at("application.conf", 10));
    assertThat(shown.get(job + "flink-configuration.\"fs.x\"").value())
        .isEqualTo("\"http://******@h\"");
    assertThat(shown.get(job + "flink-configuration.\"fs.z\""))
        .extracting(EffectiveSetting::value, EffectiveSetting::masked)
        .containsExactly("\"shown\"", false);
  }

  @Test
  void takesTheNameOfAJobForNoSecret() {
    assertThat(
            installation
                .effective(Installation.LEAST.replace("averaging {", "token-count {"))
                .stream())
        .noneMatch(EffectiveSetting::masked);
  }
}
