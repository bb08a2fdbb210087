package io.savepointd.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.acceptance.world.CommandResult;
import io.savepointd.acceptance.world.Folders;
import io.savepointd.acceptance.world.Installed;
import io.savepointd.acceptance.world.Runs;
import io.savepointd.acceptance.world.SharedWorld;
import io.savepointd.acceptance.world.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A configuration full of secrets, each with the same mark in it: nobody else gets to see it. */
@ExtendWith(SharedWorld.class)
@Timeout(value = 120, unit = SECONDS)
class SecretsIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String MARK = "hunter2mark";

  private final World world;

  SecretsIT(World world) {
    this.world = world;
  }

  @Test
  void noSecretIsSeenAnywhereButInItsFileAndWithTheKeptLaunches() throws IOException {
    Path dir = Folders.world(getClass());
    Path secrets =
        Files.writeString(
            dir.resolve("secrets.conf"),
            """
            savepointd.jobs.secretive.flink-configuration {
              "s3.secret-key" = "%1$s"
              "pipeline.global-job-parameters" = "token:%1$s"
            }
            # The program says what is wrong with its arguments, and quotes them.
            savepointd.jobs.quoting {
              args = ["--emit", "{token:%1$s}", "--host", "http://u:%1$s@h"]
            }
            """
                .formatted(MARK));
    Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-r--r--"));
    Runs runs = new Runs(world.flink(World.FLINK).client(), "secretive");
    List<CommandResult> said = new ArrayList<>();
    try (Installed savepointd =
        Installed.with(world, dir, configuration(dir, "${?NOT_SET}\"" + MARK + "\""))) {
      said.add(savepointd.succeed("check-config"));
      assertThat(said.get(0).stderr()).contains("warning", secrets + ":", "0644", "chmod o=");
      said.add(savepointd.succeed("config", "show"));
      assertThat(said.get(1).stdout()).contains("******", secrets + ":2", secrets + ":7");
      said.add(savepointd.succeed("config", "show", "--json"));
      said.add(savepointd.run("start", "quoting", "--dry-run"));

      savepointd.startDaemon();
      runs.awaitRunning();
      Awaitility.await("the failure of the program that quotes")
          .atMost(SOON)
          .until(
              () ->
                  savepointd
                      .lineage()
                      .anyMatch(
                          r ->
                              r.path("job").asString().equals("quoting")
                                  && r.path("reason").asString().contains("--emit")));
      said.add(savepointd.run("start", "quoting"));
      for (String command : List.of("status", "list", "lineage")) {
        said.add(savepointd.succeed(command));
        said.add(savepointd.succeed(command, "--json"));
      }
      said.add(savepointd.succeed("prune", "--dry-run"));
      said.add(savepointd.run("start", "secretive", "--dry-run"));
      assertThat(processTable(savepointd)).doesNotContain(MARK);

      savepointd.configure(configuration(dir, MARK + "$"));
      said.add(savepointd.run("check-config"));
      savepointd.configure(
          configuration(dir, MARK)
              + "savepointd.clusters.more.rest = \"http://u:%s@h\"\n".formatted(MARK));
      said.add(savepointd.run("config", "show"));
      savepointd.stopDaemon();
      assertThat(savepointd.log())
          .anyMatch(line -> line.contains("event=config.warning file=" + secrets));
    } finally {
      runs.killAll();
    }
    assertThat(said).extracting(CommandResult::exitCode).endsWith(2, 2);
    assertThat(said).allSatisfy(result -> assertThat(result.toString()).doesNotContain(MARK));
    // Logs, lineage, and the ledger, which lies in here too.
    Path launches = dir.resolve("savepoints/.savepointd/launches");
    assertThat(filesWith(MARK, dir))
        .filteredOn(file -> !file.startsWith(launches))
        .containsExactlyInAnyOrder(secrets, dir.resolve("application.conf"));
    assertThat(filesWith(MARK, launches))
        .as("what a run was started with, which a restart needs whole")
        .isNotEmpty()
        .allSatisfy(file -> assertThat(permissions(file)).isEqualTo("rw-------"));
    assertThat(permissions(launches)).isEqualTo("rwx------");
    assertThat(filesWith("{token:******}", dir.resolve("savepoints")))
        .as("the ledger, by what stands there instead")
        .isNotEmpty();
  }

  private static String processTable(Installed savepointd) throws IOException {
    Path proc = Path.of("/proc", savepointd.daemon().pid() + "");
    return Files.readString(proc.resolve("cmdline")) + Files.readString(proc.resolve("environ"));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static List<Path> filesWith(String text, Path dir) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
          found.add(file);
        }
      }
    }
    return found;
  }

  private String configuration(Path dir, String password) throws IOException {
    return """
        savepointd {
          storage.root = "file://%1$s/savepoints"
          clusters.main.rest = "%2$s"
          jobs.secretive {
            jar = "job/averaging-job.jar"
            args = ["--source", "sequence", "--rate", "100", "--sink", "discard"]
            flink-configuration."basic.password" = %3$s
            schedules.often.cron = "0/1 * * * * ?"
          }
          jobs.quoting.jar = "job/averaging-job.jar"
        }
        include required("secrets.conf")
        """
        .formatted(dir, world.flink(World.FLINK).rest(), password);
  }
}
