package io.savepointd.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
  private static final Path UNITS = Path.of("..", "systemd").toAbsolutePath().normalize();

  @TempDir private Path dir;

  @ParameterizedTest
  @ValueSource(strings = {"savepointd.service", "savepointd@.service"})
  void exposeNoMoreThanTheyNeed(String unit) throws Exception {
    Tool.Ran ran =
        Tool.required("systemd-analyze")
            .run(
                Map.of(),
                UNITS,
                "security",
                "--offline=yes",
                "--threshold=15",
                "--no-pager",
                UNITS.resolve(unit).toString());

    assertThat(ran.code()).as(ran.output()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "savepointd.service, savepointd.service",
    "savepointd@.service, savepointd@orders.service"
  })
  void haveNoKeyThatSystemdDoesNotKnow(String unit, String as) throws Exception {
    // The programs it names are looked for, and this machine may not have them installed.
    Path program = Files.createFile(dir.resolve("program"));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    String text =
        Files.readString(UNITS.resolve(unit))
            .replaceAll("/usr/\\S+/(savepointd|configured) ", program + " ");
    Path copy = Files.writeString(dir.resolve(as), text);

    Tool.Ran ran =
        Tool.required("systemd-analyze")
            .run(
                Map.of("SYSTEMD_COLORS", "0"),
                dir,
                "verify",
                "--man=no",
                "--recursive-errors=yes",
                copy.toString());

    assertThat(ran.output()).isBlank();
    assertThat(ran.code()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"site.conf", "keytab.conf"})
  void takeTheDropInsThatComeAsExamples(String example) throws Exception {
    Path program = Files.createFile(dir.resolve("program"));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    String all =
        Files.readString(UNITS.resolve("examples").resolve(example))
            .replaceAll("(?m)^#(?=\\S)", "");
    Path unit =
        Files.writeString(dir.resolve("example.service"), all + "\nExecStart=" + program + "\n");

    Tool.Ran ran =
        Tool.required("systemd-analyze")
            .run(Map.of(), dir, "verify", "--man=no", "--recursive-errors=yes", unit.toString());

    assertThat(ran.output()).isBlank();
    assertThat(ran.code()).isZero();
  }
}
