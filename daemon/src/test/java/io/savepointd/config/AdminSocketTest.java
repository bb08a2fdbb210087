package io.savepointd.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminSocketTest {
  @TempDir Path home;
  private Installation installation;

  @BeforeEach
  void install() {
    installation = Installation.in(home);
  }

  private Path socketOf(Path file) throws ConfigRefused {
    return installation.load(file).admin().socket();
  }

  @Test
  void liesInTheTemporaryDirectoryOfTheUser() throws ConfigRefused {
    Path socket = socketOf(installation.write("application.conf", Installation.LEAST));

    assertThat(socket.getParent())
        .isEqualTo(
            Path.of(System.getProperty("java.io.tmpdir"))
                .resolve("savepointd-" + System.getProperty("user.name")));
    assertThat(socket.getFileName().toString()).matches("[0-9a-f]{12}\\.sock");
  }

  @Test
  void belongsToOneFileByWhateverPathItIsReached() throws Exception {
    Path file = installation.write("application.conf", Installation.LEAST);
    Path link = Files.createSymbolicLink(home.resolve("link.conf"), file);
    Path detour = home.resolve("job/../application.conf");

    assertThat(socketOf(link)).isEqualTo(socketOf(file));
    assertThat(socketOf(detour)).isEqualTo(socketOf(file));
  }

  @Test
  void isNeverSharedByTwoFiles() throws ConfigRefused {
    assertThat(socketOf(installation.write("one.conf", Installation.LEAST)))
        .isNotEqualTo(socketOf(installation.write("two.conf", Installation.LEAST)));
  }

  @Test
  void liesWhereSystemdSaysUnderSystemd() {
    Settings settings =
        installation
            .with(Map.of("RUNTIME_DIRECTORY", "/run/savepointd:/run/other"))
            .load(Installation.LEAST);

    assertThat(settings.admin().socket()).isEqualTo(Path.of("/run/savepointd/savepointd.sock"));
  }

  @Test
  void liesWhereTheFileSaysBeforeAll() {
    Settings settings =
        installation
            .with(Map.of("RUNTIME_DIRECTORY", "/run/savepointd"))
            .load(Installation.LEAST + "savepointd.admin.socket = /tmp/mine.sock");

    assertThat(settings.admin().socket()).isEqualTo(Path.of("/tmp/mine.sock"));
  }

  @Test
  void mayHaveAHundredBytesButNoMore() {
    String hundred = "/" + "s".repeat(99);

    assertThat(installation.load(withSocket(hundred)).admin().socket()).hasToString(hundred);
    assertThat(installation.problems(withSocket(hundred + "s")))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.line()).isEqualTo(7);
              assertThat(problem.key()).isEqualTo("savepointd.admin.socket");
              assertThat(problem.reason()).contains("at most 100 bytes").contains("has 101");
            });
  }

  @Test
  void isMeasuredInBytesRatherThanLetters() {
    assertThat(installation.problems(withSocket("/" + "é".repeat(50)))).hasSize(1);
  }

  @Test
  void isRefusedAlsoWhenItIsTheDefaultThatIsTooLong() {
    assertThat(
            installation
                .with(Map.of("RUNTIME_DIRECTORY", "/run/" + "d".repeat(90)))
                .problems(Installation.LEAST))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.line()).isEqualTo(1);
              assertThat(problem.key()).isEqualTo("savepointd.admin.socket");
            });
  }

  private static String withSocket(String path) {
    return Installation.LEAST + "savepointd.admin.socket = \"" + path + "\"";
  }
}
