package io.savepointd.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that can't be read as a configuration at all, or that lack something as a whole. */
class RefusedFilesTest {
  @TempDir Path home;
  private Installation installation;

  @BeforeEach
  void install() {
    installation = Installation.in(home);
  }

  private ConfigProblem only(Path file) {
    assertThat(installation.problems(file)).hasSize(1);
    return installation.problems(file).get(0);
  }

  private ConfigProblem only(String content) {
    return only(installation.write("application.conf", content));
  }

  @Test
  void refusesAFileThatIsNotThere() {
    Path file = home.resolve("nope.conf");

    assertThat(only(file)).isEqualTo(new ConfigProblem(file.toString(), 0, "", "no such file"));
    assertThat(only(file)).hasToString(file + ": no such file");
  }

  @Test
  void refusesADirectory() {
    assertThat(only(home).reason()).isEqualTo("is not a file");
  }

  @Test
  void refusesAFileThatMayNotBeReadExceptForTheSuperuser() throws Exception {
    Path file = installation.write("secret.conf", Installation.LEAST);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));

    if (Files.isReadable(file)) {
      assertThat(installation.load(file).file()).isEqualTo(file);
    } else {
      assertThat(only(file).reason()).isEqualTo("may not be read by this user");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "savepointd {\\n  a = 1\\n               | 3",
        "savepointd {\\n  a = 1\\n}\\n}          | 4",
        "savepointd {\\n  a = \"x\\n}            | 2",
        "savepointd {\\n  a = hdfs://x/y\\n}     | 2",
        "savepointd {\\n  a = ${x\\n}            | 2",
        "savepointd {\\n\\n  a = ]\\n}           | 3"
      })
  void saysWhereTheSyntaxGoesWrong(String content, int line) {
    ConfigProblem problem = only(content.replace("\\n", "\n"));

    assertThat(problem.line()).isEqualTo(line);
    assertThat(problem.key()).isEmpty();
    assertThat(problem.reason())
        .startsWith("syntax error: ")
        .doesNotContain(home.toString())
        .doesNotContain(".properties");
  }

  @Test
  void refusesAListForAFile() {
    assertThat(only("[1, 2]").reason()).contains("LIST rather than object");
  }

  @ParameterizedTest
  @CsvSource({"''", "'# nothing but a comment'", "{}"})
  void refusesAnEmptyFile(String content) {
    ConfigProblem problem = only(content);

    assertThat(problem.line()).isZero();
    assertThat(problem.key()).isEqualTo("savepointd");
    assertThat(problem.reason()).startsWith("is missing");
  }

  @Test
  void refusesABlockThatIsNone() {
    assertThat(only("savepointd = 5").reason()).isEqualTo("must be a block { … }");
    assertThat(only("savepointd = null").reason()).isEqualTo("must be a block { … }");
  }

  @Test
  void asksForClustersAndJobsAtTheLineOfTheBlock() {
    assertThat(installation.problems("\nsavepointd {\n}\n"))
        .extracting(ConfigProblem::line, ConfigProblem::key)
        .containsExactly(tuple(2, "savepointd.clusters"), tuple(2, "savepointd.jobs"));
  }

  @Test
  void asksForAJobWhereThereIsNone() {
    ConfigProblem problem = only("savepointd.clusters.main.rest = \"http://localhost:8081\"");

    assertThat(problem.key()).isEqualTo("savepointd.jobs");
    assertThat(problem.reason()).contains("without a job there is nothing to keep running");
  }

  @Test
  void asksForWhatAJobAndAClusterNeedAtTheirOwnLines() {
    assertThat(
            installation.problems(
                """
                savepointd {
                  clusters.main.rest = "http://localhost:8081"
                  clusters {
                    other {}
                  }
                  jobs {
                    averaging {
                    }
                  }
                }
                """))
        .extracting(ConfigProblem::toString)
        .map(text -> text.substring(text.lastIndexOf(".conf") + 5))
        .satisfiesExactly(
            rest -> assertThat(rest).startsWith(":4: savepointd.clusters.other.rest: is missing"),
            cluster ->
                assertThat(cluster)
                    .isEqualTo(
                        ":7: savepointd.jobs.averaging.cluster: is missing: one of main, other"),
            jar -> assertThat(jar).startsWith(":7: savepointd.jobs.averaging.jar: is missing"));
  }
}
