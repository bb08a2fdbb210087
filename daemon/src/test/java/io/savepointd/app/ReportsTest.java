package io.savepointd.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.savepointd.admin.AdminSettings;
import io.savepointd.admin.LineageBody;
import io.savepointd.admin.NotNow;
import io.savepointd.admin.PruneBody;
import io.savepointd.admin.SavepointsBody;
import io.savepointd.admin.StatusBody;
import io.savepointd.config.JobSettings;
import io.savepointd.config.Settings;
import io.savepointd.ledger.Event;
import io.savepointd.ledger.History;
import io.savepointd.ledger.LedgerSettings;
import io.savepointd.model.ClusterName;
import io.savepointd.model.Job;
import io.savepointd.model.JobName;
import io.savepointd.model.Origin;
import io.savepointd.model.RunEnd;
import io.savepointd.model.RunId;
import io.savepointd.model.SavepointFormat;
import io.savepointd.retention.RetentionPolicy;
import io.savepointd.schedule.CronSchedule;
import io.savepointd.schedule.ScheduleSettings;
import io.savepointd.storage.FakeSavepointStore;
import io.savepointd.storage.SavepointStore;
import io.savepointd.storage.StorageSettings;
import io.savepointd.supervise.JobStatus;
import io.savepointd.supervise.SupervisionSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReportsTest {
  private static final SavepointStore STORE = new FakeSavepointStore("hdfs://nn:9000/root");
  private static final JobName OTHER = new JobName("zother");
  private static final Instant NOW = Told.START.plus(Duration.ofHours(1));

  private final Reports reports = new Reports(settings(Told.AVERAGING, OTHER));
  private final History history =
      new Told(Told.AVERAGING)
          .run("a", new Origin.Empty())
          .savepoint("1", "a")
          .savepoint("2", "a")
          .ended("a", RunEnd.FAILED)
          .run("b", new Origin.Restored(Told.path("2") + "/"))
          .savepoint("3", "b")
          .deleted("1")
          .history();

  @Test
  void meansEveryConfiguredJobInOrderUnlessOneIsNamed() throws NotNow {
    assertThat(reports.meant(Optional.empty()).stream().map(j -> j.job().name()))
        .containsExactly(Told.AVERAGING, OTHER);
    assertThat(reports.meant(Optional.of(OTHER))).hasSize(1);
    assertThatThrownBy(() -> reports.meant(Optional.of(new JobName("averagin"))))
        .isInstanceOf(NotNow.class)
        .hasMessage("no job 'averagin' in /etc/a.conf; there are [averaging, zother]");
  }

  @Test
  void tellsHowOldTheNewestSavepointIsAndWhenTheNextOneIsDue() {
    JobStatus status =
        new JobStatus(
            Told.AVERAGING,
            JobStatus.State.RUNNING,
            "well",
            Optional.of(new RunId(Told.id("b"))),
            NOW.minusSeconds(7));

    StatusBody.JobBody body =
        reports.job(job(Told.AVERAGING), history.of(Told.AVERAGING), status, NOW);

    assertThat(body.state()).isEqualTo("running");
    assertThat(body.run()).contains(Told.id("b"));
    assertThat(body.since()).contains(NOW.minusSeconds(7));
    assertThat(body.retained()).isEqualTo(2);
    assertThat(body.newestSavepoint().orElseThrow().path()).isEqualTo(Told.path("3"));
    assertThat(body.newestSavepoint().orElseThrow().ageSeconds())
        .isEqualTo(Duration.between(body.newestSavepoint().get().takenAt(), NOW).toSeconds());
    assertThat(body.nextFire()).as("the sooner of two schedules").contains(NOW.plusSeconds(30));
  }

  @Test
  void promisesNoSavepointOfAJobThatStaysDown() {
    JobStatus stopped =
        new JobStatus(Told.AVERAGING, JobStatus.State.STOPPED, "so", Optional.empty(), NOW);

    assertThat(
            reports.job(job(Told.AVERAGING), history.of(Told.AVERAGING), stopped, NOW).nextFire())
        .isEmpty();
  }

  @Test
  void listsSavepointsNewestFirstAndDeletedOnesOnlyWhenAsked() throws NotNow {
    assertThat(ids(reports.savepoints(history, Optional.empty(), false)))
        .containsExactly(Told.id("3"), Told.id("2"));
    assertThat(ids(reports.savepoints(history, Optional.of(Told.AVERAGING), true)))
        .containsExactly(Told.id("3"), Told.id("2"), Told.id("1"));
  }

  @Test
  void tellsWhatEachRunStandsOnNewestFirst() throws NotNow {
    List<LineageBody.RunBody> runs = reports.lineage(history, Optional.empty()).runs();

    assertThat(runs)
        .extracting(LineageBody.RunBody::run)
        .containsExactly(Told.id("b"), Told.id("a"));
    LineageBody.RunBody restored = runs.get(0);
    assertThat(restored.from()).isEqualTo("savepoint");
    assertThat(restored.fromPath()).contains(Told.path("2") + "/");
    assertThat(restored.fromRun()).as("found in spite of the slash").contains(Told.id("a"));
    assertThat(restored.fromTakenAt()).isPresent();
    assertThat(restored.state()).isEqualTo("started");
    assertThat(restored.savepoints()).containsExactly(Told.id("3"));
    LineageBody.RunBody first = runs.get(1);
    assertThat(first.from()).isEqualTo("nothing");
    assertThat(first.fromPath()).isEmpty();
    assertThat(first.state()).isEqualTo("failed");
    assertThat(first.reason()).contains("why");
    assertThat(first.endedAt()).isPresent();
    assertThat(first.savepoints()).containsExactly(Told.id("1"), Told.id("2"));
  }

  @Test
  void saysUnknownOfAnAdoptedRunAndKeepsAPathTheLedgerDoesNotKnow() throws NotNow {
    History odd =
        new Told(Told.AVERAGING)
            .adopted("a")
            .ended("a", RunEnd.GONE)
            .run("b", new Origin.Restored("hdfs://elsewhere/x"))
            .history();

    List<LineageBody.RunBody> runs = reports.lineage(odd, Optional.empty()).runs();

    assertThat(runs.get(1).from()).isEqualTo("unknown");
    assertThat(runs.get(1).state()).isEqualTo("gone");
    assertThat(runs.get(0).fromPath()).contains("hdfs://elsewhere/x");
    assertThat(runs.get(0).fromRun()).isEmpty();
  }

  @Test
  void tellsOfJobsThatOnlyTheLedgerStillKnows() throws NotNow {
    JobName gone = new JobName("gone");
    History old = new Told(gone).run("a", new Origin.Empty()).savepoint("1", "a").history();

    assertThat(reports.savepoints(old, Optional.of(gone), false).savepoints()).hasSize(1);
    assertThat(reports.savepoints(old, Optional.empty(), false).savepoints()).hasSize(1);
    assertThat(reports.lineage(old, Optional.of(OTHER)).runs()).as("configured, new").isEmpty();
    assertThatThrownBy(() -> reports.lineage(old, Optional.of(new JobName("never"))))
        .isInstanceOf(NotNow.class);
  }

  @Test
  void explainsWhatRetentionMakesOfEach() {
    assertThat(decided(history)).as("run b stands on 2").containsExactly("3 keep", "2 keep");
    assertThat(
            decided(
                history.apply(
                    new Event.RunCheckpointed(NOW, Told.AVERAGING, new RunId(Told.id("b"))))))
        .containsExactly("3 keep", "2 expire");
    assertThat(reports.judge(List.of(job(OTHER)), history, STORE, NOW).decisions()).isEmpty();
  }

  @Test
  void givesEachSavepointOfAPlanItsReasonsAndItsSchedule() {
    PruneBody judged = reports.judge(List.of(job(Told.AVERAGING), job(OTHER)), history, STORE, NOW);

    assertThat(judged.decisions().get(0).reason()).isEqualTo("the newest; among the last 1");
    assertThat(judged.decisions().get(1).reason())
        .isEqualTo("run " + Told.id("b") + " stands on it");
    assertThat(judged.decisions()).allMatch(decision -> decision.schedule().isPresent());
    assertThat(judged.warnings()).isEmpty();
    assertThat(judged.outcomes()).isEmpty();
  }

  @Test
  void warnsOfWhatIsOverTheBoundOnBytes() {
    JobSettings bounded = job(Told.AVERAGING, RetentionPolicy.keepEverything().withMaxBytes(1));

    assertThat(reports.judge(List.of(bounded), history, STORE, NOW).warnings())
        .singleElement()
        .asString()
        .startsWith("averaging: ")
        .contains("over max-bytes of 1 B");
  }

  private List<String> decided(History of) {
    return reports.judge(List.of(job(Told.AVERAGING)), of, STORE, NOW).decisions().stream()
        .map(d -> d.id().charAt(0) + " " + d.decision())
        .toList();
  }

  private static List<String> ids(SavepointsBody body) {
    return body.savepoints().stream().map(SavepointsBody.SavepointBody::id).toList();
  }

  static Settings settings(JobName... jobs) {
    return new Settings(
        Path.of("/etc/a.conf"),
        new StorageSettings(Optional.empty()),
        new LedgerSettings(Duration.ofSeconds(2), Duration.ofSeconds(10), 1000, 0),
        new AdminSettings(Path.of("/run/a.sock")),
        Duration.ofSeconds(1),
        Duration.ofSeconds(30),
        Map.of(),
        Stream.of(jobs).collect(Collectors.toMap(Function.identity(), ReportsTest::job)));
  }

  private static JobSettings job(JobName name) {
    return job(name, RetentionPolicy.keepLast(1));
  }

  private static JobSettings job(JobName name, RetentionPolicy retention) {
    return new JobSettings(
        new Job(
            name,
            new ClusterName("main"),
            name.value(),
            Path.of("/a.jar"),
            Optional.empty(),
            List.of(),
            OptionalInt.empty(),
            Map.of()),
        new SupervisionSettings(
            SupervisionSettings.Restart.ALWAYS,
            SupervisionSettings.EmptyStart.FIRST_TIME,
            new SupervisionSettings.Backoff(
                Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofMinutes(1)),
            new SupervisionSettings.CrashLoop(10, Duration.ofHours(1)),
            new SupervisionSettings.Restore(false, 0),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofMinutes(5)),
        List.of(schedule("hourly", "0 0 * * * ?"), schedule("frequent", "0/30 * * * * ?")),
        retention);
  }

  private static ScheduleSettings schedule(String name, String cron) {
    return new ScheduleSettings(
        name, CronSchedule.parse(cron, ZoneOffset.UTC), SavepointFormat.CANONICAL);
  }
}
