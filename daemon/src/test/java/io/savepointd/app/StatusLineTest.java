package io.savepointd.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.admin.StatusBody.JobBody;
import io.savepointd.admin.StatusBody.NewestBody;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusLineTest {
  private static final Instant NOW = Instant.parse("2026-11-23T09:14:30Z");
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final StatusLine lines = new StatusLine(ZoneId.of("Europe/Berlin"));

  private static JobBody job(String name, String state, String detail) {
    return job(name, state, detail, Optional.of(Duration.ofSeconds(250)), 0, NOW.plusSeconds(30));
  }

  private static JobBody job(
      String name,
      String state,
      String detail,
      Optional<Duration> age,
      int quarantined,
      Instant next) {
    return new JobBody(
        name,
        "main",
        state,
        detail,
        Optional.of(NOW),
        Optional.empty(),
        age.map(a -> new NewestBody("1", "hdfs://x", NOW.minus(a), a.toSeconds())),
        1,
        quarantined,
        0,
        Optional.of(next));
  }

  private String line(JobBody... jobs) {
    return lines.atWork(List.of(jobs), Optional.empty(), NOW);
  }

  @Test
  void saysHowManyRunWithWhichSavepointAndWhenTheNextIsDue() {
    assertThat(line(job("a", "running", ""), job("b", "running", "")))
        .isEqualTo("2 jobs running, newest savepoint 4m ago, next 10:15:00");
    assertThat(line(job("a", "running", "")))
        .isEqualTo("1 job running, newest savepoint 4m ago, next 10:15:00");
  }

  @Test
  void countsByStateWhereTheyDiffer() {
    assertThat(line(job("a", "running", ""), job("b", "stopped", ""), job("c", "running", "")))
        .startsWith("3 jobs: 2 running, 1 stopped, newest");
  }

  @Test
  void putsTroubleFirst() {
    assertThat(line(job("averaging", "held", "nothing to restore from"), job("b", "running", "")))
        .isEqualTo(
            "1 held of 2 jobs: averaging: nothing to restore from; 1 running,"
                + " newest savepoint 4m ago, next 10:15:00");
  }

  @Test
  void namesThreeInTroubleAndCountsTheRest() {
    JobBody[] jobs = {
      job("a", "held", "x"),
      job("b", "unreachable", "y"),
      job("c", "backoff", "z"),
      job("d", "held", "w"),
      job("e", "held", "v")
    };

    assertThat(line(jobs))
        .startsWith(
            "1 backoff, 3 held, 1 unreachable of 5 jobs: a: x; b: y; c: z; and 2 more; newest");
  }

  @Test
  void saysTheRangeOfTheNewestOnesAndWhoHasNone() {
    JobBody fresh = job("a", "running", "", Optional.of(Duration.ofSeconds(59)), 0, NOW);
    JobBody old = job("b", "running", "", Optional.of(Duration.ofMinutes(125)), 2, NOW);
    JobBody none = job("c", "running", "", Optional.empty(), 0, NOW);

    assertThat(line(fresh, old, none))
        .contains("newest savepoints <1m to 2h 5m ago, none yet of 1 job, 2 quarantined");
    assertThat(line(none)).contains("no savepoint yet");
  }

  @Test
  void saysTheDayWhereTheNextIsDueOnAnother() {
    JobBody nightly =
        job("a", "running", "", Optional.empty(), 0, Instant.parse("2026-11-23T23:30:00Z"));

    assertThat(line(nightly)).endsWith("next 2026-11-24 00:30:00");
  }

  @Test
  void carriesANoticeBehindTroubleAndBeforeWhatIsWell() {
    Optional<String> notice = Optional.of("configuration refused at 10:12, the old one stays");

    assertThat(lines.atWork(List.of(job("a", "running", "")), notice, NOW))
        .startsWith("configuration refused at 10:12, the old one stays; 1 job running");
    assertThat(lines.atWork(List.of(job("a", "held", "x")), notice, NOW))
        .startsWith("1 held of 1 job: a: x; configuration refused");
  }

  @Test
  void isOneLineOfBoundedLengthWhateverTheDetails() {
    String detail = String.join("\n", Collections.nCopies(100, "java.io.IOException: \u0007no"));
    String line =
        line(job("a", "held", detail), job("b", "held", detail), job("c", "held", detail));

    assertThat(line).hasSizeLessThanOrEqualTo(600).doesNotContain("\n").doesNotContain("\u0007");
    assertThat(line).contains("a: java.io.IOException:").contains("; b: ").contains("; c: ");
  }

  @Test
  void saysWhyItIsStillStarting() {
    Standing starting = new Standing.Starting("NameNode nn1:9000\ndoesn't answer");

    assertThat(lines.idle(starting, AGAIN, Optional.empty()))
        .isEqualTo("starting: NameNode nn1:9000 doesn't answer; tried again every 1s");
  }

  @Test
  void saysForWhomItStandsBy() {
    Standing standby =
        new Standing.Standby(
            "the ledger is held by process 7 on node1", NOW, Duration.ofSeconds(9));

    assertThat(lines.idle(standby, AGAIN, Optional.of("a notice")))
        .isEqualTo(
            "standby: the ledger is held by process 7 on node1; takes over once that one lets go"
                + " or falls silent; a notice");
  }
}
