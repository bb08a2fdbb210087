package io.savepointd.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.model.JobName;
import io.savepointd.retention.RetentionPolicy;
import io.savepointd.retention.RuleSettings;
import java.nio.file.Path;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong in {@code retention} of a job or schedule, and what falls back to what. */
class RetentionFaultsTest {
  private static final String JOB = "savepointd.jobs.averaging.";
  private static final String SCHEDULE = JOB + "schedules.s.";

  @TempDir Path home;

  private ConfigProblem only(String text) {
    var problems = Installation.in(home).problems(Installation.LEAST + text);
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).file()).isEqualTo(home.resolve("application.conf").toString());
    return problems.get(0);
  }

  private RetentionPolicy read(String text) {
    return Installation.in(home)
        .load(Installation.LEAST + text)
        .jobs()
        .get(new JobName("averaging"))
        .retention();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "keep-hourly | 0        | must be at least 1, not 0",
        "keep-daily  | -1       | must be at least 1, not -1",
        "keep-weekly | 1.5      | must be a whole number",
        "keep-yearly | 2d       | must be a whole number",
        "keep-month  | 3        | did you mean 'keep-monthly'?",
        "keep-daly   | 3        | did you mean 'keep-daily'?",
        "time-zone   | Europe/Berlinn | did you mean 'Europe/Berlin'?",
        "time-zone   | 25       | is no time zone, such as Europe/Berlin, UTC, +02:00 or system",
        "max-bytes   | 0        | must be at least 1 bytes, not 0",
        "max-bytes   | 5 pounds | must be a size in bytes, such as 8MiB, not '5 pounds'",
        "max-bytes   | 1 YiB    | must be a size in bytes",
        "max-byte    | 5        | did you mean 'max-bytes'?"
      })
  void areBlamedWhereTheyStandInAJob(String key, String value, String reason) {
    ConfigProblem problem = only(JOB + "retention {\n  " + key + " = \"" + value + "\"\n}\n");

    assertThat(problem.line()).isEqualTo(8);
    assertThat(problem.key()).isEqualTo(JOB + "retention." + key);
    assertThat(problem.reason()).contains(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "keep-last  | 0       | must be at least 1, not 0",
        "keep-daly  | 3       | did you mean 'keep-daily'?",
        "time-zone  | UTC     | no such key; there are keep-daily, keep-hourly, keep-last",
        "max-bytes  | 500 GiB | no such key; there are keep-daily, keep-hourly, keep-last"
      })
  void areBlamedWhereTheyStandInASchedule(String key, String value, String reason) {
    ConfigProblem problem =
        only(
            SCHEDULE
                + "cron = \"0 0 * * * ?\"\n"
                + SCHEDULE
                + ("retention." + key + " = \"" + value + "\"\n"));

    assertThat(problem.line()).isEqualTo(8);
    assertThat(problem.key()).isEqualTo(SCHEDULE + "retention." + key);
    assertThat(problem.reason()).contains(reason);
  }

  @Test
  void areBlamedInDefaultsThatNothingFallsBackTo() {
    ConfigProblem problem = only("savepointd.defaults.schedule.retention.keep-last = none\n");

    assertThat(problem.line()).isEqualTo(7);
    assertThat(problem.key()).isEqualTo("savepointd.defaults.schedule.retention.keep-last");
  }

  @Test
  void aRuleBesideItsBlockIsShownItsPlace() {
    assertThat(only(SCHEDULE + "cron = \"0 0 * * * ?\"\n" + SCHEDULE + "keep-daily = 3\n").reason())
        .contains("did you mean 'retention.keep-daily'?");
  }

  @Test
  void schedulesFallBackToTheDefaultsKeyByKeyUnlessNull() {
    RetentionPolicy policy =
        read(
            """
            savepointd.defaults.schedule.retention { keep-last = 3, keep-daily = 2 }
            savepointd.jobs.averaging.schedules {
              some { cron = "0 0 * * * ?", retention.keep-last = 5 }
              all.cron = "0 0 * * * ?"
              none { cron = "0 0 * * * ?", retention = null }
            }
            """);

    assertThat(policy)
        .isEqualTo(
            RetentionPolicy.keepEverything()
                .withSchedule("some", RuleSettings.none().keepLast(5).keepDaily(2))
                .withSchedule("all", RuleSettings.none().keepLast(3).keepDaily(2))
                .withZone(ZoneId.systemDefault()));
  }

  @ParameterizedTest
  @CsvSource({"500 GiB, 536870912000", "0.5k, 512", "1 TB, 1000000000000", "7, 7"})
  void aSizeIsWrittenAsAnywhereInTheFile(String written, long bytes) {
    assertThat(read(JOB + "retention.max-bytes = \"" + written + "\"\n").maxBytes())
        .hasValue(bytes);
    assertThat(read(JOB + "retention.max-bytes = " + written + "\n").maxBytes()).hasValue(bytes);
  }
}
