package io.savepointd.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {
  @TempDir private Path home;

  @Test
  void readsTheFileOfTheCommandBeforeAnyOther() throws Exception {
    Path named = conf("named.conf");
    Path ofEnvironment = conf("environment.conf");
    conf("conf/application.conf");

    Site site =
        installation(Map.of("SAVEPOINTD_CONF", ofEnvironment.toString())).site(Optional.of(named));

    assertThat(site.file()).isEqualTo(named);
  }

  @Test
  void readsTheEnvironmentsFileBeforeTheDistributionsOwn() throws Exception {
    Path ofEnvironment = conf("environment.conf");
    conf("conf/application.conf");

    Site site =
        installation(Map.of("SAVEPOINTD_CONF", ofEnvironment.toString())).site(Optional.empty());

    assertThat(site.file()).isEqualTo(ofEnvironment);
  }

  @Test
  void readsTheDistributionsOwnFileInTheEnd() throws Exception {
    Path own = conf("conf/application.conf");

    assertThat(installation(Map.of()).site(Optional.empty()).file()).isEqualTo(own);
    assertThat(installation(Map.of("SAVEPOINTD_CONF", " ")).site(Optional.empty()).file())
        .isEqualTo(own);
  }

  /** Falling back would run other jobs than the ones that were meant. */
  @Test
  void doesNotFallBackFromAFileThatIsNotThere() throws IOException {
    conf("conf/application.conf");
    Path absent = home.resolve("absent.conf");

    assertThatThrownBy(() -> installation(Map.of()).site(Optional.of(absent)))
        .isInstanceOf(BadConfiguration.class)
        .hasMessageContaining("absent.conf");
    assertThatThrownBy(
            () -> installation(Map.of("SAVEPOINTD_CONF", absent.toString())).site(Optional.empty()))
        .isInstanceOf(BadConfiguration.class);
  }

  @Test
  void countsTheFaultsOfAConfiguration() throws IOException {
    Path bad = Files.writeString(home.resolve("bad.conf"), "savepointd.x = 1\nsavepointd.y = 2\n");

    assertThatThrownBy(() -> installation(Map.of()).site(Optional.of(bad)))
        .isInstanceOf(BadConfiguration.class)
        .hasMessageStartingWith("4 faults in the configuration; nothing was done\n")
        .hasMessageContaining("bad.conf:1")
        .hasMessageContaining("bad.conf:2");
  }

  @Test
  void looksForHadoopsFilesWhereTheEnvironmentSays() {
    assertThat(installation(Map.of("HADOOP_CONF_DIR", "/etc/hadoop")).hadoopConfDir())
        .contains(Path.of("/etc/hadoop"));
    assertThat(installation(Map.of("HADOOP_CONF_DIR", "")).hadoopConfDir()).isEmpty();
  }

  private Installation installation(Map<String, String> environment) {
    return new Installation(home, environment, "1.2.3", Clock.systemUTC());
  }

  private Path conf(String name) throws IOException {
    Files.createDirectories(home.resolve("job"));
    Files.writeString(home.resolve("job/a.jar"), "not looked into");
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(
        file,
        """
        savepointd {
          clusters.main.rest = "http://localhost:1"
          jobs.averaging.jar = "job/a.jar"
        }
        """);
  }
}
