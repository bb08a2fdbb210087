package io.savepointd.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.doctor.Surroundings.DaemonSeen;
import io.savepointd.storage.StorageFault.Kind;
import io.savepointd.storage.StorageProbe;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each verdict, with what it was found by and what is to be done. */
class CheckupTest {
  @TempDir private Path directory;
  private FakeWorld world;

  @BeforeEach
  void allIsWell() throws IOException {
    world = new FakeWorld(directory);
  }

  private Found line(String check) throws IOException {
    return new Found(world.verdict(check));
  }

  @Test
  void nothingIsWrongInAGoodWorld() throws IOException {
    Report report = world.report();

    assertThat(report.lines()).allMatch(line -> line.verdict() instanceof Verdict.Ok);
    assertThat(report.lines()).hasSize(29).extracting(Line::check).doesNotHaveDuplicates();
    assertThat(report.summary()).isEqualTo("29 ok, 0 warnings, 0 failed");
    assertThat(world.storage.isClosed).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"17, 64, ok", "21, '', ok", "17, 32, warn", "11, 64, FAIL"})
  void judgesJava(int release, String bits, String word) throws IOException {
    world.machine = world.machine(release, bits, "flink");

    line("java").is(word, release + ".0.1, Debian", word.equals("ok") ? "" : "JAVA_HOME");
  }

  @Test
  void saysWhereALogCannotBeWritten() throws IOException {
    Files.writeString(directory.resolve("logs"), "a file");

    line("log directory").is("FAIL", "is no directory", "SAVEPOINTD_LOG_DIR");
  }

  @Test
  void warnsOfWhatTheConfigurationDoes() throws IOException {
    world.warnings = List.of("secrets.conf can be read by everybody");

    line("configuration").is("warn", "secrets.conf can be read by everybody", "chmod");
  }

  @Test
  void warnsOfAnotherUserThanTheDaemons() throws IOException {
    world.daemonsUser = Optional.of("savepointd");

    line("user").is("warn", "flink, but the daemon is savepointd", "sudo -u savepointd");
  }

  @Test
  void judgesTheDaemonByWhatItAnswers() throws IOException {
    world.daemon = Optional.of(new DaemonSeen("active", "1.2.3", ""));

    line("daemon").is("ok", "active, version 1.2.3", "");
  }

  @Test
  void warnsOfADaemonOfAnotherVersion() throws IOException {
    world.daemon = Optional.of(new DaemonSeen("standby", "1.2.2", ""));

    line("daemon").is("warn", "version 1.2.2", "systemctl restart savepointd");
  }

  @Test
  void warnsOfADaemonThatCannotBegin() throws IOException {
    world.daemon = Optional.of(new DaemonSeen("starting", "1.2.3", "no NameNode"));

    line("daemon").is("warn", "starting, version 1.2.3", "savepointd status");
  }

  @Test
  void saysThatTheSocketIsClosedToThisUser() throws IOException {
    world.daemonFails = Optional.of(new AccessDeniedException("s.sock", null, "no permission"));

    line("daemon").is("FAIL", "no permission", "group");
  }

  @Test
  void saysWhoMayNotWriteWhereAndGoesOn() throws IOException {
    world.storage.fails(
        "write", Kind.DENIED, "permission denied for user flink: WRITE on /root (drwxr-xr-x a b)");

    line("storage write")
        .is(
            "FAIL",
            "permission denied for user flink",
            "hdfs dfs -chown -R flink hdfs://nn:8020/root, or run as");
    for (String step : List.of("create", "rename", "append", "lease", "delete", "copies")) {
      line("storage " + step).is("skip", "needs storage write, which failed", "");
    }
    line("clock of storage").is("skip", "needs storage write", "");
    line("ledger").is("ok", "2 files", "");
    line("cluster main").is("ok", "Flink 2.3.0", "");
  }

  @Test
  void makesARootThatIsntThere() throws IOException {
    world.storage.reached = new StorageProbe.Reached(Optional.empty());
    world.storage.fails("write", Kind.DENIED, "permission denied");

    line("storage write").is("FAIL", "denied", "hdfs dfs -mkdir -p hdfs://nn:8020/root and hdfs");
  }

  @ParameterizedTest
  @CsvSource({
    "FULL, savepointd prune",
    "NO_DATA_NODE, start DataNodes",
    "UNREACHABLE, is the NameNode up",
    "LOGIN, Kerberos",
    "NOT_AS_NEEDED, put storage.root on HDFS",
    "OTHER, hdfs dfs -ls hdfs://nn:8020/root",
    "SAFE_MODE, -safemode leave",
  })
  void hasARemedyForEachFault(Kind kind, String remedy) throws IOException {
    world.storage.fails("append", kind, "it said no");

    line("storage append").is("FAIL", "it said no", remedy);
    line("storage delete").is("ok", "gone", "");
  }

  @Test
  void doesntWriteInSafeMode() throws IOException {
    world.storage.safeMode = true;

    line("storage safe mode").is("FAIL", "safe mode", "hdfs dfsadmin");
    line("storage write").is("skip", "needs storage safe mode", "");
    line("ledger").is("ok", "readable", "");
  }

  @Test
  void wantsATicketWhereKerberosIsOn() throws IOException {
    world.storage.identity = new StorageProbe.Identity("flink", true, false);

    line("storage user").is("FAIL", "no ticket", "keytab");
  }

  @Test
  void warnsOfSavepointsThatCannotBeDeleted() throws IOException {
    world.storage.closed = List.of("hdfs://nn:8020/root/averaging");

    line("storage permissions").is("FAIL", "hdfs://nn:8020/root/averaging", "HADOOP_USER_NAME");
  }

  @ParameterizedTest
  @CsvSource({
    "3, 3, ok, 3 of 3, ''",
    "3, 1, warn, too few DataNodes, ledger.replication to 1",
    "1, 1, warn, one:, ledger.replication = 2",
  })
  void judgesTheLedgersCopies(int wanted, int made, String word, String found, String remedy)
      throws IOException {
    world.storage.written = FakeProbe.written(Duration.ZERO, wanted, made);

    line("storage copies").is(word, found, remedy);
  }

  @ParameterizedTest
  @CsvSource({
    "1900, ok, less than 2 s",
    "-4200, warn, 4.2 s behind",
    "2000, warn, 2.0 s ahead",
    "-30000, FAIL, 30.0 s behind",
  })
  void judgesClocks(long aheadMillis, String word, String found) throws IOException {
    world.storage.written = FakeProbe.written(Duration.ofMillis(aheadMillis), 2, 2);
    world.cluster.clock = FakeCluster.reading(Duration.ofSeconds(-100));

    line("clock of storage").is(word, found, word.equals("ok") ? "" : "NTP");
    line("clock of main").is("FAIL", "the JobManager's is 100.0 s behind", "NTP");
  }

  @Test
  void doesntGuessAClockThatNobodyTells() throws IOException {
    world.cluster.clock = Optional.empty();

    line("clock of main").is("skip", "doesn't tell its time", "");
  }

  @Test
  void warnsOfLittleRoom() throws IOException {
    world.storage.space = new StorageProbe.Space(100_000, 4_999, List.of());

    line("storage space").is("warn", "4.9 KiB of 97.7 KiB free", "prune");
  }

  @Test
  void warnsOfAQuotaThatIsNearlyUsedUp() throws IOException {
    StorageProbe.Quota names = new StorageProbe.Quota("names", 1000, 980);
    world.storage.space = new StorageProbe.Space(100_000, 50_000, List.of(names));

    line("storage space").is("warn", "20 of its quota of 1000 names left", "quota");
  }

  @Test
  void looksAtJavaAndTheFaultsAloneWithoutAConfiguration() {
    try (Examination examination =
        Checkup.withoutSettings(
            world.machine, Path.of("x.conf"), List.of("x.conf:3: no", "x.conf:4: neither"))) {
      Report report = examination.run(line -> {});

      assertThat(report.refused()).isTrue();
      assertThat(report.lines())
          .extracting(Line::check)
          .containsExactly("java", "temporary files", "configuration");
      new Found(report.lines().get(2).verdict())
          .is("FAIL", "x.conf:3: no; x.conf:4: neither", "check-config");
    }
  }
}
