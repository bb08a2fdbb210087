package io.savepointd.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.acceptance.world.CommandResult;
import io.savepointd.acceptance.world.Folders;
import io.savepointd.acceptance.world.InBox;
import io.savepointd.acceptance.world.LineServer;
import io.savepointd.acceptance.world.Runs;
import io.savepointd.acceptance.world.SharedWorld;
import io.savepointd.acceptance.world.SystemdBox;
import io.savepointd.acceptance.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The life of the Debian package on a machine with a real systemd, in the order of its steps: from
 * its installation to its purge.
 */
@ExtendWith(SharedWorld.class)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
@Timeout(value = 180, unit = SECONDS)
class SystemdIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String UNIT = "savepointd.service";
  private static final String CONFIGURATION = InBox.CONFIGURATION;
  private static final String JAR = "/srv/jobs/averaging.jar";
  private static final int WATCHDOG_SECONDS = 10;

  private final World world;
  private LineServer lines;
  private SystemdBox box;
  private InBox installed;
  private Runs runs;
  private String run = "";

  SystemdIT(World world) {
    this.world = world;
  }

  @BeforeAll
  void boot() throws IOException {
    box =
        SystemdBox.boot(
            getClass(),
            Map.of(
                Folders.debianPackage().getParent(), "/packages",
                Folders.averagingJob().getParent(), "/built-job",
                world.hdfs().confDir(), "/etc/hadoop/conf"));
    installed = new InBox(box, UNIT);
    lines = LineServer.start();
    runs = new Runs(world.flink(World.FLINK).client(), "averaging");
  }

  @AfterAll
  void shutDown() throws IOException {
    if (box != null) {
      installed.keepJournal(Path.of("target", "world", getClass().getSimpleName(), "journal.txt"));
      box.close();
      runs.killAll();
      lines.close();
    }
  }

  @Test
  @Order(1)
  void installsWithoutStartingWhatHasNothingToDoYet() throws IOException {
    box.succeed("dpkg", "-i", "/packages/" + Folders.debianPackage().getFileName());

    assertThat(box.succeed("systemctl", "is-enabled", UNIT).strip()).isEqualTo("enabled");
    assertThat(box.property(UNIT, "ActiveState")).isEqualTo("inactive");
    assertThat(box.run("systemctl", "status", "--no-pager", UNIT).stdout())
        .as("says what to do")
        .contains(CONFIGURATION);
    assertThat(box.succeed("systemctl", "--failed", "--no-legend")).isBlank();
    assertThat(box.succeed("stat", "-c", "%U:%G %a", CONFIGURATION).strip())
        .isEqualTo("root:savepointd 640");
    assertThat(box.succeed("savepointd", "--version")).startsWith("savepointd ");
    assertThat(box.succeed("man", "savepointd")).contains("restore-latest");
  }

  @Test
  @Order(2)
  void aStartThatWaitsForItsStorageIsGivenMoreTimeAndSaysWhy() throws IOException {
    box.succeed("install", "-D", "-m", "644", "/built-job/averaging-job.jar", JAR);
    installed.knowHdfs();
    Path site = Files.createDirectories(box.file("/etc/systemd/system/savepointd.service.d"));
    Files.writeString(
        site.resolve("site.conf"), "[Service]\nWatchdogSec=%d\n".formatted(WATCHDOG_SECONDS));
    Path impatient =
        Files.writeString(site.resolve("impatient.conf"), "[Service]\nTimeoutStartSec=5\n");
    box.succeed("systemctl", "daemon-reload");
    installed.configure(
        configuration("0 0 0 1 1 ?", "").replaceAll("hdfs://[^/]*", "hdfs://localhost:1"));

    box.succeed("systemctl", "start", "--no-block", UNIT);

    installed.awaitStatusText("localhost");
    assertThat(box.property(UNIT, "StatusText")).startsWith("starting: ");
    Awaitility.await("longer than systemd waits for a silent one")
        .during(Duration.ofSeconds(8))
        .atMost(Duration.ofSeconds(20))
        .until(() -> box.property(UNIT, "ActiveState").equals("activating"));
    box.succeed("systemctl", "stop", UNIT);
    Files.delete(impatient);
    box.succeed("systemctl", "daemon-reload");
  }

  @Test
  @Order(3)
  void startsByOneCommandOnceItIsConfigured() throws IOException {
    installed.configure(configuration("0 0 0 1 1 ?", ""));

    long before = System.nanoTime();
    box.succeed("systemctl", "start", UNIT);
    installed.print("start to ready", before);

    assertThat(box.property(UNIT, "ActiveState")).isEqualTo("active");
    run = runs.awaitRunning();
    installed.awaitStatusText("1 job running");
    assertThat(box.succeed("systemctl", "status", "--no-pager", UNIT))
        .contains("active (running)", "Status: \"1 job running");
    assertThat(box.succeed("systemctl", "show", "-p", "User", "--value", UNIT).strip())
        .isEqualTo("savepointd");
  }

  @Test
  @Order(4)
  void answersItsGroupAndNobodyElse() throws IOException {
    box.succeed("useradd", "--groups", "savepointd", "oncall");
    box.succeed("useradd", "outsider");

    assertThat(box.succeed("stat", "-c", "%U:%G %a", "/run/savepointd/savepointd.sock").strip())
        .isEqualTo("root:savepointd 660");
    CommandResult ours = box.runAs("oncall", "savepointd", "status");
    assertThat(ours.exitCode()).as("%s", ours).isZero();
    assertThat(ours.stdout()).contains("averaging", "running", run.substring(0, 8));
    for (List<String> command :
        List.of(
            List.of("savepointd", "status"),
            List.of("savepointd", "savepoint"),
            List.of("savepointd", "stop", "averaging"))) {
      CommandResult theirs = box.runAs("outsider", command.toArray(String[]::new));
      assertThat(theirs.exitCode()).as("%s", theirs).isNotZero();
      assertThat(theirs.stdout()).isEmpty();
      assertThat(theirs.stderr()).contains("savepointd", "group", "sudo").hasLineCount(1);
    }
    assertThat(installed.savepoints()).isEmpty();
    assertThat(runs.awaitRunning()).isEqualTo(run);
  }

  @Test
  @Order(5)
  void aDoctorOnTheMachineFindsNothingWrong() throws IOException {
    CommandResult examined = box.run("runuser", "-u", "savepointd", "--", "savepointd", "doctor");
    assertThat(examined.exitCode()).as("%s", examined).isZero();
    assertThat(examined.stdout()).contains(" 0 failed");
  }

  @Test
  @Order(6)
  void theJournalHasEachLineOnceWithItsPriority() throws IOException {
    List<InBox.Entry> journal = installed.journal();
    assertThat(journal)
        .as("INFO")
        .anyMatch(e -> e.message().contains("event=daemon.ready") && e.priority() == 6);
    assertThat(journal)
        .as("no time stamps of our own, no prefixes left over")
        .noneMatch(e -> e.message().matches("(<\\d>|\\d{4}-\\d\\d-\\d\\d).*"));
    assertThat(installed.warnings())
        .as("nothing needed a person but the storage that wasn't there")
        .isNotEmpty()
        .allMatch(e -> e.message().contains("event=daemon.starting"));
    assertThat(box.succeed("ls", "/var/log/savepointd").strip()).isEqualTo("lineage.log");
  }

  @Test
  @Order(7)
  void takesUpAnEditedScheduleWithoutTouchingTheRun() throws IOException {
    String before = box.property(UNIT, "MainPID");
    installed.configure(configuration("0/2 * * * * ?", ""));

    box.succeed("systemctl", "reload", UNIT);

    Awaitility.await("two savepoints by the new schedule")
        .atMost(SOON)
        .until(() -> installed.savepoints().size() >= 2);
    assertThat(runs.awaitRunning()).isEqualTo(run);
    assertThat(box.property(UNIT, "MainPID")).isEqualTo(before);
    assertThat(installed.text()).contains("schedules.frequent.cron");
  }

  @Test
  @Order(8)
  void aBadEditChangesNothingAndIsNamedEverywhere() throws IOException {
    installed.configure(configuration("0/2 * * * * ?", "retries = 3"));
    String fault = installed.lineOf("retries");

    assertThat(box.run("systemctl", "reload", UNIT).exitCode()).isNotZero();
    CommandResult told = box.run("savepointd", "reload");

    assertThat(told.exitCode()).as("%s", told).isEqualTo(2);
    assertThat(told.stderr()).contains(fault, "retries");
    assertThat(installed.warnings()).anyMatch(e -> e.message().contains(fault));
    assertThat(box.succeed("savepointd", "status")).contains(fault);
    installed.awaitStatusText(fault);
    assertThat(box.property(UNIT, "ActiveState")).isEqualTo("active");
    assertThat(runs.awaitRunning()).isEqualTo(run);
    int saved = installed.savepoints().size();
    Awaitility.await("the old schedule to go on")
        .atMost(SOON)
        .until(() -> installed.savepoints().size() > saved);

    installed.configure(configuration("0/2 * * * * ?", ""));
    box.succeed("systemctl", "reload", UNIT);
    assertThat(box.succeed("savepointd", "status")).doesNotContain(fault);
  }

  @Test
  @Order(9)
  void isBackAfterAKillAndTheRunNeverNoticed() throws IOException {
    long before = System.nanoTime();
    box.succeed("systemctl", "kill", "--signal=KILL", UNIT);
    installed.awaitRestarts(1);
    installed.print("kill -9 to ready", before);

    Awaitility.await("the run to be recognized")
        .atMost(SOON)
        .until(() -> box.succeed("savepointd", "status").contains("running"));
    assertThat(runs.awaitRunning()).isEqualTo(run);
    int saved = installed.savepoints().size();
    Awaitility.await("savepoints to go on")
        .atMost(SOON)
        .until(() -> installed.savepoints().size() > saved);
  }

  @Test
  @Order(10)
  void aSecondInstanceOnTheSameLedgerStandsBy() throws IOException {
    String reserve = "savepointd@reserve.service";
    String file = "/etc/savepointd/reserve.conf";
    box.succeed("cp", "-a", CONFIGURATION, file);
    box.succeed("cp", "/etc/default/savepointd", "/etc/default/savepointd-reserve");

    box.succeed("systemctl", "start", reserve);

    new InBox(box, reserve).awaitStatusText("standby: ");
    assertThat(box.property(reserve, "ActiveState")).isEqualTo("active");
    assertThat(box.succeed("savepointd", "status", "--config", file)).contains("standby");
    assertThat(box.succeed("savepointd", "status")).contains("active", "running");
    box.succeed("systemctl", "stop", reserve);
    assertThat(box.file("/run/savepointd/savepointd.sock")).exists();
    box.succeed("rm", file, "/etc/default/savepointd-reserve");
  }

  @Test
  @Order(11)
  void aHungLaneIsFoundByTheWatchdog() throws IOException {
    // Whoever opens a pipe that nobody writes to waits for ever, as on a dead network file system.
    box.succeed("mv", JAR, JAR + ".good");
    box.succeed("mkfifo", "-m", "644", JAR);
    String former = run;
    long before = System.nanoTime();
    runs.kill(former);

    Awaitility.await("the watchdog")
        .atMost(Duration.ofSeconds(4 * WATCHDOG_SECONDS))
        .until(() -> installed.text().contains("Watchdog timeout"));
    installed.print("hung to found", before);
    box.succeed("mv", "-f", JAR + ".good", JAR);
    installed.awaitRestarts(2);

    assertThat(installed.warnings())
        .as("says which lane, before systemd acts")
        .anyMatch(e -> e.message().contains("averaging") && e.message().contains("watchdog"));
    assertThat(installed.text())
        .as("a thread dump")
        .contains("Full thread dump", "\"lane-averaging\"");
    run = runs.awaitRunningOtherThan(former);
    assertThat(runs.rest().restoredFrom(run)).isPresent();
  }

  @Test
  @Order(12)
  void anUpgradeKeepsTheConfigurationAndResumes() throws IOException {
    String before = box.property(UNIT, "MainPID");
    String configured = Files.readString(box.file(CONFIGURATION));
    box.succeed(
        "dpkg-deb", "-R", "/packages/" + Folders.debianPackage().getFileName(), "/tmp/next");
    box.succeed("sed", "-i", "s/^Version: .*/Version: 99.0/", "/tmp/next/DEBIAN/control");
    box.succeed("dpkg-deb", "--root-owner-group", "-Znone", "-b", "/tmp/next", "/tmp/next.deb");

    box.succeed("dpkg", "-i", "/tmp/next.deb");

    assertThat(box.property(UNIT, "ActiveState")).isEqualTo("active");
    assertThat(box.property(UNIT, "MainPID")).isNotEqualTo(before);
    assertThat(Files.readString(box.file(CONFIGURATION))).isEqualTo(configured);
    assertThat(box.succeed("stat", "-c", "%U:%G %a", CONFIGURATION).strip())
        .isEqualTo("root:savepointd 640");
    assertThat(runs.awaitRunning()).isEqualTo(run);
    installed.awaitStatusText("1 job running");
  }

  @Test
  @Order(13)
  void stoppingItLeavesTheJobRunning() throws IOException {
    long before = System.nanoTime();
    box.succeed("systemctl", "stop", UNIT);
    installed.print("stop", before);

    assertThat(box.property(UNIT, "ActiveState")).isEqualTo("inactive");
    assertThat(box.property(UNIT, "Result")).isEqualTo("success");
    assertThat(box.file("/run/savepointd")).doesNotExist();
    assertThat(runs.awaitRunning()).isEqualTo(run);
  }

  @Test
  @Order(14)
  void removingKeepsStateAndPurgingCleansUpButNeverTouchesSavepoints() throws IOException {
    box.succeed("systemctl", "start", UNIT);
    box.succeed("dpkg", "-r", "savepointd");

    assertThat(box.run("systemctl", "is-active", UNIT).stdout().strip()).isEqualTo("inactive");
    assertThat(box.file("/usr/bin/savepointd")).doesNotExist();
    assertThat(box.file(CONFIGURATION)).exists();
    assertThat(box.file("/var/log/savepointd/lineage.log")).exists();
    assertThat(runs.awaitRunning()).isEqualTo(run);

    box.succeed("dpkg", "-P", "savepointd");

    assertThat(box.file("/etc/savepointd")).doesNotExist();
    assertThat(box.file("/var/log/savepointd")).doesNotExist();
    assertThat(box.file("/etc/default/savepointd")).doesNotExist();
    try (FileSystem hdfs = world.hdfs().open()) {
      assertThat(hdfs.listStatus(new org.apache.hadoop.fs.Path("/systemd/averaging"))).isNotEmpty();
    }
    assertThat(runs.awaitRunning()).isEqualTo(run);
  }

  private String configuration(String cron, String more) throws IOException {
    return """
        savepointd {
          storage.root = "%s/systemd"
          clusters.main.rest = "%s"
          jobs.averaging {
            jar = "%s"
            args = ["--host", "127.0.0.1", "--port", "%d"]
            schedules.frequent.cron = "%s"
            retention.keep-last = 50
            %s
          }
        }
        """
        .formatted(
            world.hdfs().uri(), world.flink(World.FLINK).rest(), JAR, lines.port(), cron, more);
  }
}
