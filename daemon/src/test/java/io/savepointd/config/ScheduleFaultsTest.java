package io.savepointd.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleFaultsTest {
  @TempDir Path home;

  private ConfigProblem only(String schedule) {
    var problems =
        Installation.in(home)
            .problems(
                Installation.LEAST
                    + "savepointd.jobs.averaging.schedules.s {\n"
                    + schedule
                    + "\n}\n");
    assertThat(problems).hasSize(1);
    return problems.get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "0 0 24 * * ?, Hour values must be between 0 and 23",
    "61 * * * * ?, Minute and Second values must be between 0 and 59",
    "0 0 0 * * *, a day-of-week AND a day-of-month",
    "*/5 * * * *, Unexpected end of expression",
    "@daily, Unexpected character: @",
    "0 0 0 30 2 ?, never fires",
    "0 0 0 * * ? 1960, never fires"
  })
  void handsOnTheReasonForABadCron(String cron, String reason) {
    ConfigProblem problem = only("cron = \"" + cron + "\"");

    assertThat(problem.line()).isEqualTo(8);
    assertThat(problem.key()).isEqualTo("savepointd.jobs.averaging.schedules.s.cron");
    assertThat(problem.reason()).contains("'" + cron + "'").contains(reason);
  }

  @Test
  void remindsOfTheFieldsOfACron() {
    assertThat(only("cron = \"*/5 * * * *\"").reason())
        .contains("second minute hour day-of-month month day-of-week [year]");
  }

  @Test
  void asksForACron() {
    ConfigProblem problem = only("format = native");

    assertThat(problem.line()).isEqualTo(7);
    assertThat(problem.key()).isEqualTo("savepointd.jobs.averaging.schedules.s.cron");
    assertThat(problem.reason()).startsWith("is missing").contains("\"0 0/15 * * * ?\"");
  }

  @ParameterizedTest
  @CsvSource({
    "Europe/Belrin, did you mean 'Europe/Berlin'?",
    "europe/berlin, did you mean 'Europe/Berlin'?",
    "System, did you mean 'system'?",
    "+25:00, is no time zone"
  })
  void refusesTimeZones(String zone, String reason) {
    ConfigProblem problem = only("cron = \"0 0 * * * ?\"\ntime-zone = \"" + zone + "\"");

    assertThat(problem.line()).isEqualTo(9);
    assertThat(problem.key()).isEqualTo("savepointd.jobs.averaging.schedules.s.time-zone");
    assertThat(problem.reason()).contains("'" + zone + "'").contains(reason);
  }
}
