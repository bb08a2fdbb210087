package io.savepointd.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One wrong line after a whole configuration: where it is blamed, and for what. */
class FaultsTest {
  private static final int LINE_ADDED = 7;

  @TempDir Path home;
  private Installation installation;

  @BeforeEach
  void install() {
    installation = Installation.in(home);
  }

  /** Adds {@code line} under {@code savepointd.} and expects it to be blamed under its own key. */
  private void refuses(String line, String... reasons) {
    refusesAt(line.substring(0, line.indexOf(" =")), line, reasons);
  }

  private void refusesAt(String key, String line, String... reasons) {
    assertThat(installation.problems(Installation.LEAST + "savepointd." + line + "\n"))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.file()).isEqualTo(home.resolve("application.conf").toString());
              assertThat(problem.line()).isEqualTo(LINE_ADDED);
              assertThat(problem.key()).isEqualTo("savepointd." + key);
              assertThat(problem.reason()).contains(reasons);
            });
  }

  @Test
  void suggestsTheKeyThatWasMeant() {
    refuses("jobs.averaging.retentoin = 5", "no such key", "did you mean 'retention'?");
    refuses("ledger.heartBeat = 5s", "did you mean 'heartbeat'?");
    refuses("default = 5", "did you mean 'defaults'?");
  }

  @Test
  void findsAKeyWrittenOneLevelTooHigh() {
    refuses("jobs.averaging.keep-last = 5", "did you mean 'retention.keep-last'?");
  }

  @Test
  void listsTheKeysThereAreWhereNoneIsNear() {
    refuses(
        "jobs.averaging.retention.colour = 5", "no such key; there are keep-daily, keep-hourly");
  }

  @Test
  void refusesUnknownKeysInSchedulesAndClusters() {
    refuses("clusters.main.timeout = 5s", "no such key");
    refusesAt(
        "jobs.averaging.schedules.s.crom",
        "jobs.averaging.schedules.s { cron = \"0 0 * * * ?\", crom = 1 }",
        "did you mean 'cron'?");
  }

  @Test
  void refusesTextWhereABlockBelongs() {
    refuses("jobs.averaging.retention = 5", "must be a block { … }");
    refuses(
        "clusters.other = \"http://other:8081\"\nsavepointd.jobs.averaging.cluster = main",
        "must be a block { … }");
  }

  @Test
  void refusesABlockWhereTextBelongs() {
    refuses("jobs.averaging.run-name = { a = 1 }", "must be text, not a block");
    refuses("jobs.averaging.run-name = [a]", "must be text, not a list");
  }

  @Test
  void refusesBlankText() {
    refuses("jobs.averaging.run-name = \" \"", "must not be blank");
  }

  @Test
  void refusesArgumentsThatAreNoList() {
    refuses("jobs.averaging.args = \"--host localhost\"", "must be a list", "not --host localhost");
    refuses("jobs.averaging.args = [a, {}]", "element 2", "not a block");
  }

  @Test
  void refusesFlagsThatAreNeitherTrueNorFalse() {
    refuses(
        "jobs.averaging.restore.allow-non-restored-state = maybe",
        "must be true or false, not 'maybe'");
  }

  @Test
  void refusesNumbersOutOfRange() {
    refuses("jobs.averaging.retention.keep-last = 0", "must be at least 1, not 0");
    refuses("jobs.averaging.retention.keep-last = -3", "must be at least 1, not -3");
    refuses("jobs.averaging.parallelism = 0", "must be at least 1, not 0");
    refuses("jobs.averaging.parallelism = 32769", "must be at most 32768");
    refuses("ledger.replication = -1", "must be at least 0");
    refuses("ledger.replication = 513", "must be at most 512");
  }

  @Test
  void refusesNumbersThatAreNotWhole() {
    refuses("jobs.averaging.parallelism = 1.5", "must be a whole number", "'1.5'");
    refuses("jobs.averaging.parallelism = two", "must be a whole number", "'two'");
    refuses("jobs.averaging.retention.keep-last = 99999999999", "'99999999999'");
  }

  @Test
  void refusesDurationsWithoutAUnit() {
    refuses("watch.interval = 1", "needs a unit: 1ms, 1s, …");
    refuses("watch.interval = \"500\"", "needs a unit");
  }

  @Test
  void refusesDurationsThatAreNone() {
    refuses("watch.interval = 5 weeks", "such as 30s, not '5 weeks'");
    refuses("watch.interval = soon", "not 'soon'");
    refuses("watch.interval = true", "not 'true'");
  }

  @Test
  void refusesDurationsThatAreNotPositive() {
    refuses("watch.interval = 0s", "must be between 1ms and");
    refuses("watch.interval = -1s", "must be between 1ms and");
    refuses("jobs.averaging.retention.keep-within = 10us", "must be between 1ms and");
    refuses("jobs.averaging.timeouts.start = 0s", "must be between 1ms and");
    refuses("jobs.averaging.timeouts.savepoint = -15m", "must be between 1ms and");
    refuses("clusters.main.request-timeout = 0ms", "must be between 1ms and");
    refuses("clusters.main.submit-timeout = 0ms", "must be between 1ms and");
  }

  @Test
  void refusesDurationsBeyondAllMeasure() {
    refuses("jobs.averaging.retention.keep-within = 999999999999d", "36500d");
  }

  @Test
  void refusesSizesThatAreNone() {
    refuses("ledger.segment-bytes = 8mb", "such as 8MiB, not '8mb'");
    refuses("ledger.segment-bytes = -8k", "such as 8MiB");
    refuses("ledger.segment-bytes = 100", "must be at least 1024 bytes");
  }

  @Test
  void refusesASilenceOfLessThanThreeHeartbeats() {
    refuses("ledger.silence = 5s", "the silence (5s) must last at least 3 heartbeats (of 2s)");
    refuses("ledger.heartbeat = 4s", "the silence (10s) must last at least 3 heartbeats (of 4s)");
  }

  @Test
  void refusesALongestWaitBelowTheFirst() {
    refuses("jobs.averaging.restart-backoff.max = 500ms", "(max, 500ms)", "(initial, 1s)");
    refuses("jobs.averaging.restart-backoff.initial = 1h", "(max, 5m)", "(initial, 1h)");
  }

  @Test
  void listsTheWordsThereAreForAChoice() {
    refuses(
        "jobs.averaging.restart = on_failure",
        "must be one of always, on-failure, never, not 'on_failure'; did you mean 'on-failure'?");
    refuses("jobs.averaging.empty-start = allways", "must be one of first-time, never");
    refusesAt(
        "jobs.averaging.schedules.s.format",
        "jobs.averaging.schedules.s { cron = \"0 0 * * * ?\", format = binary }",
        "must be one of canonical, native, not 'binary'");
  }

  @Test
  void refusesAJarThatIsNotThereAndSaysWhereItLooked() {
    refuses("jobs.averaging.jar = \"job/nope.jar\"", "no file " + home.resolve("job/nope.jar"));
    refuses("jobs.averaging.jar = job", home.resolve("job") + " is no file");
    refuses("jobs.averaging.jar = \"a\\u0000b\"", "is no path");
  }

  @Test
  void refusesClassNamesThatAreNone() {
    refuses("jobs.averaging.entry-class = \"org/acme/Main\"", "is no class name");
  }

  @Test
  void refusesAClusterThatIsNotConfigured() {
    refuses(
        "jobs.averaging.cluster = mian", "no cluster 'mian' is configured; did you mean 'main'?");
  }

  @Test
  void refusesOneClusterUnderTwoNames() {
    refuses(
        "clusters.other.rest = \"http://localhost:8081/\""
            + "\nsavepointd.jobs.averaging.cluster = main",
        "is the address of cluster 'main' already");
  }

  @Test
  void refusesTwoJobsWhoseRunsHaveOneName() {
    refusesAt(
        "jobs.twin.run-name",
        "jobs.twin { jar = \"job/averaging-job.jar\", run-name = averaging }",
        "job 'averaging' on cluster 'main' has the run name 'averaging' already");
  }

  @Test
  void refusesNamesThatCouldNotBeDirectories() {
    refusesAt("jobs.\"a/b\"", "jobs.\"a/b\".jar = \"job/averaging-job.jar\"", "'a/b' is no name");
    refusesAt(
        "jobs.averaging.schedules.\" s\"",
        "jobs.averaging.schedules.\" s\".cron = \"0 0 * * * ?\"",
        "' s' is no name");
    refusesAt(
        "clusters.\"..\"",
        "clusters.\"..\".rest = \"http://x:1\"\nsavepointd.jobs.averaging.cluster = main",
        "'..' is no name");
  }

  @Test
  void refusesASecondNameForTheRuns() {
    refuses("jobs.averaging.flink-configuration.pipeline.name = x", "use run-name");
    refusesAt(
        "jobs.averaging.flink-configuration.\"pipeline.name\"",
        "jobs.averaging.flink-configuration { \"pipeline.name\" = x }",
        "use run-name");
  }

  @Test
  void refusesListsAmongFlinksOptions() {
    refusesAt(
        "jobs.averaging.flink-configuration.a.b",
        "jobs.averaging.flink-configuration { a.b = [1, 2] }",
        "must be one text, as Flink writes it: a;b, not a list");
  }
}
