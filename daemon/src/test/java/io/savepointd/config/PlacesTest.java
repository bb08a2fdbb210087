package io.savepointd.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.savepointd.model.JobName;
import io.savepointd.retention.RuleSettings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where faults are blamed: several at once, in included files, after substitutions. */
class PlacesTest {
  @TempDir Path home;
  private Installation installation;

  @BeforeEach
  void install() {
    installation = Installation.in(home);
  }

  @Test
  void reportsAllFaultsTogetherInTheOrderOfTheFile() {
    assertThat(
            installation.places(
                """
                savepointd {
                  storage.root = "/savepoints"
                  watch { intervall = 1s }
                  clusters.main.rest = "localhost:8081"
                  clusters.main.retries = 3
                  jobs.averaging {
                    cluster = mayn
                    jar = "nope.jar"
                    args = [
                      a,
                      b
                    ]
                    schedules {
                      bad.cron = "* *"
                      worse {
                        time-zone = Berlin
                      }
                    }
                    retention { keep-last = 0,
                      keep-within = 1 }
                  }
                  jobs.second {
                    parallelism = many
                  }
                }
                savepoints.root = "x"
                """))
        .containsExactly(
            "2 savepointd.storage.root",
            "3 savepointd.watch.intervall",
            "4 savepointd.clusters.main.rest",
            "5 savepointd.clusters.main.retries",
            "7 savepointd.jobs.averaging.cluster",
            "8 savepointd.jobs.averaging.jar",
            "14 savepointd.jobs.averaging.schedules.bad.cron",
            "15 savepointd.jobs.averaging.schedules.worse.cron",
            "16 savepointd.jobs.averaging.schedules.worse.time-zone",
            "19 savepointd.jobs.averaging.retention.keep-last",
            "20 savepointd.jobs.averaging.retention.keep-within",
            "22 savepointd.jobs.second.jar",
            "23 savepointd.jobs.second.parallelism",
            "26 savepoints");
  }

  @Test
  void ordersByFileAndLine() {
    assertThat(new ConfigProblem("a", 10, "k", "r"))
        .isGreaterThan(new ConfigProblem("a", 9, "z", "r"))
        .isLessThan(new ConfigProblem("b", 1, "a", "r"));
  }

  @Test
  void quotesTheNamesThatHoconWantsQuoted() {
    assertThat(
            installation.places(Installation.LEAST + "savepointd.jobs.\"my.job\".parallelism = 0"))
        .containsExactly(
            "7 savepointd.jobs.\"my.job\".jar", "7 savepointd.jobs.\"my.job\".parallelism");
  }

  @Test
  void namesTheIncludedFile() {
    installation.write(
        "conf.d/jobs.conf",
        """
        averaging {
          jar = "job/averaging-job.jar"
          parallelism = 0
        }
        """);

    assertThat(
            installation.problems(
                """
                savepointd {
                  clusters.main.rest = "http://localhost:8081"
                  jobs { include required("conf.d/jobs.conf") }
                  jobs.averaging.retention.keep-last = 0
                }
                """))
        .extracting(ConfigProblem::file, ConfigProblem::line, ConfigProblem::key)
        .containsExactly(
            tuple(
                home.resolve("application.conf").toString(),
                4,
                "savepointd.jobs.averaging.retention.keep-last"),
            tuple(
                home.resolve("conf.d/jobs.conf").toString(),
                3,
                "savepointd.jobs.averaging.parallelism"));
  }

  @Test
  void findsAPlaceForABlockThatTwoFilesMakeUp() {
    installation.write("one.conf", "\n\nsavepointd.jobs.averaging.parallelism = 1\n");

    assertThat(
            installation.problems(
                """
                include "one.conf"
                savepointd.clusters.main.rest = "http://localhost:8081"
                savepointd.jobs.averaging.run-name = "x"
                """))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.key()).isEqualTo("savepointd.jobs.averaging.jar");
              assertThat(problem.file()).isEqualTo(home.resolve("application.conf").toString());
              assertThat(problem.line()).isEqualTo(3);
            });
  }

  @Test
  void saysWhichRequiredFileIsMissing() {
    assertThat(installation.problems("include required(\"nope.conf\")"))
        .singleElement()
        .satisfies(problem -> assertThat(problem.reason()).contains("nope.conf"));
  }

  @Test
  void takesValuesFromTheEnvironmentGiven() {
    Settings settings =
        installation
            .with(Map.of("JOB", "averaging-job", "LAST", "7"))
            .load(
                """
                savepointd {
                  clusters.main.rest = "http://localhost:8081"
                  jobs.averaging {
                    jar = "job/"${JOB}".jar"
                    retention.keep-last = 3
                    retention.keep-last = ${?LAST}
                    parallelism = ${?NOT_SET}
                  }
                }
                """);

    JobSettings job = settings.jobs().get(new JobName("averaging"));
    assertThat(job.job().jar()).isEqualTo(home.resolve("job/averaging-job.jar"));
    assertThat(job.retention().job()).isEqualTo(RuleSettings.none().keepLast(7));
    assertThat(job.job().parallelism()).isEmpty();
  }

  @Test
  void takesNothingFromTheEnvironmentOfTheProcess() {
    String variable =
        System.getenv().keySet().stream().filter(n -> n.matches("\\w+")).findAny().orElseThrow();

    assertThat(
            installation.places(
                Installation.LEAST + "savepointd.jobs.averaging.run-name = ${" + variable + "}"))
        .containsExactly("7 savepointd.jobs.averaging.run-name");
  }

  @Test
  void blamesTheLineThatAskedForAVariableAndNamesIt() {
    assertThat(
            installation
                .with(Map.of("LAST", "many", "DIR", "nowhere"))
                .problems(
                    Installation.LEAST
                        + """
                        savepointd.jobs.averaging {
                          retention.keep-last = ${LAST}
                          jar = ${DIR}"/x.jar"
                        }
                        """))
        .satisfiesExactly(
            last -> {
              assertThat(last.line()).isEqualTo(8);
              assertThat(last.reason())
                  .contains("'many'")
                  .endsWith("(from the environment variable LAST)");
            },
            jar -> {
              assertThat(jar.line()).isEqualTo(9);
              assertThat(jar.reason()).endsWith("(from the environment variable DIR)");
            });
  }

  @Test
  void reportsEveryVariableThatIsNotSet() {
    assertThat(
            installation.problems(
                Installation.LEAST
                    + """
                    savepointd.storage.root = ${ROOT}/savepoints
                    savepointd.jobs.averaging {
                      args = ["--host", ${HOST}]
                      retention = ${RULES}
                      flink-configuration { a = ${A} }
                      parallelism = 0
                    }
                    savepointd.jobs.copy = ${savepointd.jobs.averagin} { run-name = copy }
                    """))
        .extracting(p -> p.line() + " " + p.key() + " " + p.reason().replaceAll(",.*", ""))
        .containsExactly(
            "7 savepointd.storage.root refers to ${ROOT}",
            "9 savepointd.jobs.averaging.args refers to ${HOST}",
            "10 savepointd.jobs.averaging.retention refers to ${RULES}",
            "11 savepointd.jobs.averaging.flink-configuration.a refers to ${A}",
            "12 savepointd.jobs.averaging.parallelism must be at least 1",
            "14 savepointd.jobs.copy refers to ${savepointd.jobs.averagin}");
  }

  @Test
  void refusesSubstitutionsThatRunInACircle() {
    assertThat(
            installation.problems(
                Installation.LEAST
                    + """
                    savepointd.jobs.averaging.run-name = ${savepointd.jobs.averaging.entry-class}
                    savepointd.jobs.averaging.entry-class = ${savepointd.jobs.averaging.run-name}
                    """))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.line()).isIn(7, 8);
              assertThat(problem.reason()).contains("cycle");
            });
  }

  @Test
  void copiesAJobBySubstitution() {
    Settings settings =
        installation.load(
            Installation.LEAST
                + "savepointd.jobs.copy = ${savepointd.jobs.averaging} { parallelism = 2 }");

    assertThat(settings.jobs().get(new JobName("copy")).job().jar())
        .isEqualTo(home.resolve("job/averaging-job.jar"));
  }

  @Test
  void ignoresVariablesThatHappenToBeCalledLikeAKey() {
    Settings settings =
        installation.with(Map.of("savepointd", "x", "PATH", "/bin")).load(Installation.LEAST);

    assertThat(settings.jobs()).hasSize(1);
  }
}
