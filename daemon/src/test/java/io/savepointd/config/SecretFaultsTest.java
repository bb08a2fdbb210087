package io.savepointd.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults quote what is wrong, but {@code hunter2} is a secret wherever it stands. */
class SecretFaultsTest {
  @TempDir Path home;
  private Installation installation;

  @BeforeEach
  void install() {
    installation = Installation.in(home).with(Map.of("DB_PASSWORD", "hunter2", "SHORT_PWD", "h2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "savepointd.storage.root = \"hdfs://u:hunter2@nn:9000/a\"",
        "savepointd.storage.root = \"hdfs://u:hunter2@nn:9000/a b\"",
        "savepointd.storage.root = \"//u:hunter2@nn:9000/a?token=hunter2\"",
        "savepointd.clusters.main.rest = \"http://u:hunter2@h:81\"",
        "savepointd.clusters.main.rest = \"ftp://u:hunter2@h:81\"",
        "savepointd.clusters.main.rest = \"http://u:hunter2/x@h\"",
        "savepointd.clusters.main.rest = \"http://u:hunter2#x@h\"",
        "savepointd.clusters.main.rest = \"http://u:hunter2 x@h\"",
        "savepointd.clusters.main.rest = \"http://h_x/?token=hunter2\"",
        "savepointd.clusters.main.password = hunter2",
        "savepointd.jobs.averaging.args = \"--password hunter2\"",
        "savepointd.jobs.averaging.args = \"--url http://u:hunter2@h\"",
        "savepointd.jobs.averaging.args = [\"--password\", { a = hunter2 }]",
        "savepointd.jobs.averaging.args = [\"--password\", [hunter2]]",
        "savepointd.jobs.averaging.flink-configuration.\"s3.secret-key\" = [hunter2]",
        "savepointd.jobs.averaging.flink-configuration.\"pipeline.name\" = ${DB_PASSWORD}",
        "savepointd.jobs.averaging.parallelism = ${DB_PASSWORD}",
        "savepointd.jobs.averaging.cluster = ${DB_PASSWORD}",
        "savepointd.jobs.averaging.jar = ${DB_PASSWORD}",
        "savepointd.jobs.averaging.restart = ${DB_PASSWORD}",
        "savepointd.jobs.averaging.entry-class = \"a \"${DB_PASSWORD}",
        "savepointd.jobs.averaging.restore.fallback = ${DB_PASSWORD}",
        "savepointd.jobs.averaging.schedules.s.cron = ${DB_PASSWORD}",
        "savepointd.jobs.averaging.schedules.s.time-zone = ${DB_PASSWORD}",
        "savepointd.jobs.averaging.retention.max-bytes = ${DB_PASSWORD}",
        "savepointd.watch.interval = ${DB_PASSWORD}",
        "savepointd.watch = ${DB_PASSWORD}",
        "savepointd.watch.interval = ${DB_PASSWORD} [1]",
        // Not HOCON at all: the parser quotes what it stumbles over.
        "savepointd.jobs.averaging.flink-configuration.password = hunter2$x",
        "savepointd.jobs.averaging.flink-configuration.password = \"hunter2",
        "savepointd.jobs.averaging.flink-configuration.password =\n hunter2`",
        "savepointd.jobs.averaging.flink-configuration { password = { hunter2 }",
        "savepointd.jobs.averaging.flink-configuration { password = {} \"hunter2\" }",
        "savepointd.jobs.averaging.args = [\n\"--password\"\nhunter2$]",
        "savepointd.clusters.main.rest = \"http://u:hunter2@h\" $",
        "savepointd.clusters.main.rest = http://u:hunter2@h$ x",
        "include url(\"http://u:hunter2@127.0.0.1:1/x.conf\")",
        "include required(url(\"http://u:hunter2@127.0.0.1:1/x.conf\"))",
      })
  void quoteNoSecret(String line) {
    List<ConfigProblem> problems = faults(Installation.LEAST + line + "\nsavepointd.x = 1\n");

    assertThat(problems)
        .isNotEmpty()
        .allSatisfy(problem -> assertThat(problem.toString()).doesNotContain("hunter2"));
  }

  private List<ConfigProblem> faults(String content) {
    return installation.problems(content);
  }

  @Test
  void stillQuoteWhatIsNone() {
    assertThat(faults(Installation.LEAST + "savepointd.jobs.averaging.restart = sometimes"))
        .singleElement()
        .satisfies(problem -> assertThat(problem.reason()).contains("'sometimes'"));
    assertThat(faults(Installation.LEAST + "savepointd.watch.interval = 1$"))
        .singleElement()
        .satisfies(problem -> assertThat(problem.reason()).contains("'$'"));
  }

  @Test
  void keepTheirWordsAroundAShortSecret() {
    assertThat(faults(Installation.LEAST + "savepointd.jobs.averaging.restart = ${SHORT_PWD}"))
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.reason())
                    .isEqualTo(
                        "must be one of always, on-failure, never, not '******'"
                            + " (from the environment variable SHORT_PWD)"));
  }

  @Test
  void nameTheWayOutForAStorageRootWithAPassword() {
    assertThat(faults(Installation.LEAST + "savepointd.storage.root = \"s3a://k:hunter2@b/a\""))
        .singleElement()
        .satisfies(
            problem -> assertThat(problem.reason()).startsWith("must not hold a password: "));
    assertThat(
            installation.load(
                Installation.LEAST + "savepointd.storage.root = \"abfss://c@a.net/p\""))
        .isNotNull();
  }
}
