package io.savepointd.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files with secrets in them that everybody may read, and includes that hold these. */
class OpenFilesTest {
  private static final String SECRETS =
      """
      savepointd.jobs.averaging {
        args += "--password"
        args += hunter2
        flink-configuration."s3.secret-key" = hunter2
      }
      """;

  @TempDir Path home;
  private Installation installation;

  @BeforeEach
  void install() {
    installation = Installation.in(home).with(Map.of("TOKEN", "hunter2"));
  }

  private List<ConfigWarning> warnings(String main, String mode) {
    Path file = installation.write("application.conf", main);
    mode(file, mode);
    try {
      return installation.load(file).warnings();
    } catch (ConfigRefused e) {
      throw new AssertionError(e);
    }
  }

  private static void mode(Path file, String mode) {
    try {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource({"rw-r--r--, 1", "rw-rw-rw-, 1", "rw-r-----, 0", "rw-------, 0"})
  void areWarnedAboutIfOthersMayReadThem(String mode, int warnings) {
    assertThat(warnings(Installation.LEAST + SECRETS, mode)).hasSize(warnings);
  }

  @Test
  void areNamedWithTheirFirstSecretAndTheRemedy() {
    Path file = home.resolve("application.conf");

    assertThat(warnings(Installation.LEAST + SECRETS, "rw-r--r--"))
        .singleElement()
        .isEqualTo(
            new ConfigWarning(
                file.toString(),
                8,
                "savepointd.jobs.averaging.args",
                "is secret, and everybody may read the file (mode 0644): chmod o= " + file));
  }

  @Test
  void areTheIncludedOnesWhereTheSecretLiesThere() {
    Path secrets = installation.write("secrets.conf", SECRETS);
    mode(secrets, "rw-r--r--");
    String main = "include required(\"secrets.conf\")\n" + Installation.LEAST;

    assertThat(warnings(main, "rw-r--r--"))
        .singleElement()
        .satisfies(warning -> assertThat(warning.file()).isEqualTo(secrets.toString()));
    mode(secrets, "rw-r-----");
    assertThat(warnings(main, "rw-r--r--")).isEmpty();
  }

  @Test
  void areNoneIfTheSecretLiesInTheEnvironment() {
    assertThat(
            warnings(
                Installation.LEAST
                    + "savepointd.jobs.averaging.flink-configuration.\"x.token\" = ${TOKEN}",
                "rw-r--r--"))
        .isEmpty();
  }

  @Test
  void areNoneWithoutASecret() {
    assertThat(warnings(Installation.LEAST, "rw-rw-rw-")).isEmpty();
  }

  @Test
  void secretsOfAFileOfTheirOwnTakeEffect() {
    installation.write("secrets.conf", SECRETS);

    for (String include :
        List.of(
            "include \"secrets.conf\"",
            "include \"secrets\"",
            "include required(file(\"" + home.resolve("secrets.conf") + "\"))")) {
      assertThat(
              installation
                  .load(
                      Installation.LEAST
                          + "savepointd.jobs.averaging.args = [\"--host\", \"h\"]\n"
                          + include
                          + "\n")
                  .jobs()
                  .values())
          .as(include)
          .singleElement()
          .satisfies(
              job ->
                  assertThat(job.job().args())
                      .containsExactly("--host", "h", "--password", "hunter2"))
          .satisfies(
              job ->
                  assertThat(job.job().flinkConfiguration())
                      .containsEntry("s3.secret-key", "hunter2"));
    }
  }

  @Test
  void aFileThatMayBeMissingMayBe() {
    assertThat(installation.load("include \"nowhere.conf\"\n" + Installation.LEAST).jobs())
        .hasSize(1);
  }

  @Test
  void settingsDoNotTellTheirSecretsInWords() {
    assertThat(installation.load(Installation.LEAST + SECRETS).toString())
        .contains("averaging-job.jar")
        .doesNotContain("hunter2");
  }
}
