package io.savepointd.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.flink.ClusterSettings;
import io.savepointd.flink.LaunchSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How runs are started on a cluster, and what that way can't do. */
class LaunchFaultsTest {
  private static final String REST = "rest = \"http://c:8081\"";
  private static final String BY_COMMAND = REST + "\nlaunch.flink-home = flink";

  @TempDir Path home;
  private Installation installation;

  @BeforeEach
  void install() throws IOException {
    installation = Installation.in(home);
    Files.setPosixFilePermissions(
        installation.write("flink/bin/flink", "#!/bin/sh\n"),
        PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String with(String cluster, String job) {
    return """
        savepointd {
          clusters.main {
        %s
          }
          jobs.averaging {
            jar = "job/averaging-job.jar"
            %s
          }
        }
        """
        .formatted(cluster, job);
  }

  private LaunchSettings read(String cluster) {
    ClusterSettings read =
        installation.load(with(cluster, "")).clusters().values().iterator().next();
    return read.launch();
  }

  private String refusal(String cluster, String job) {
    List<ConfigProblem> problems = installation.problems(with(cluster, job));
    assertThat(problems).hasSize(1);
    return problems.get(0).toString();
  }

  @Test
  void runsAreStartedThroughJarsUnlessTheFileSaysOtherwise() {
    assertThat(read(REST)).isEqualTo(LaunchSettings.THROUGH_JARS);
    assertThat(read(BY_COMMAND))
        .isEqualTo(new LaunchSettings.CommandLine(installation.path("flink")));
  }

  @Test
  void aFolderThatIsNoFlinkIsRefused() throws IOException {
    assertThat(refusal(REST + "\nlaunch.flink-home = job", ""))
        .contains("application.conf:4", "launch.flink-home", "there is no file")
        .contains("job/bin/flink");
    Files.setPosixFilePermissions(
        installation.path("flink/bin/flink"), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(refusal(BY_COMMAND, "")).contains("bin/flink", "may not be executed");
  }

  @ParameterizedTest
  @CsvSource({
    "https://c:8081, '', TLS",
    "https://c:8081, 'security.ssl.rest.enabled = true', TLS",
    "http://c:8081/flink-a, '', '/flink-a'",
    "http://c:8081, 'headers { A = b }', headers",
  })
  void whatTheCommandLineCannotBeToldIsRefused(String rest, String more, String named) {
    assertThat(refusal("rest = \"" + rest + "\"\nlaunch.flink-home = flink\n" + more, ""))
        .contains("application.conf:4", "launch.flink-home", "can't be used with", named);
  }

  @ParameterizedTest
  @CsvSource({
    "'args = [--user, me, --password, hunter22]', args",
    "'args = [\"--db=jdbc:x://u:hunter22@db/x\"]', args",
    "'flink-configuration { s3.secret-key = hunter22 }', flink-configuration",
  })
  void secretsDoNotGoIntoTheListOfProcesses(String job, String named) {
    assertThat(refusal(BY_COMMAND, job))
        .contains("application.conf:8", "jobs.averaging." + named, "holds a secret", "flink run")
        .doesNotContain("hunter22");
    assertThat(installation.load(with(REST, job)).jobs())
        .as("what goes through /jars stays hidden")
        .hasSize(1);
  }

  @Test
  void theNameOfAFileWithASecretIsNone() {
    assertThat(installation.load(with(BY_COMMAND, "args = [--password-file, \"/etc/pw\"]")).jobs())
        .hasSize(1);
  }
}
