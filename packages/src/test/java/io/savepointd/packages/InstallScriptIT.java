package io.savepointd.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the archive's install.sh lays out below a DESTDIR, which needs neither root nor systemd. */
class InstallScriptIT {
  @TempDir private Path dir;
  private Path unpacked;
  private Path root;

  /**
   * The archive's small files by hand: unpacking 200 MB four times would take longer than all else.
   */
  @BeforeEach
  void unpack() throws Exception {
    unpacked = dir.resolve("unpacked");
    root = dir.resolve("root");
    Path built = Path.of("..", "daemon", "target", "savepointd").toAbsolutePath().normalize();
    Files.createDirectories(unpacked.resolve("lib"));
    Files.createFile(unpacked.resolve("lib/one.jar"));
    for (String part : List.of("bin", "conf", "docs", "job", "systemd", "README.md")) {
      copy(built.resolve(part), unpacked.resolve(part));
    }
    copy(Path.of("target", "made"), unpacked.resolve("share"));
    copy(Path.of("src", "main", "install.sh"), unpacked.resolve("install.sh"));
    copy(built.resolve("conf/application.conf"), unpacked.resolve("sample.conf"));
  }

  @Test
  void laysOutWhatThePackageDoes() throws Exception {
    install();

    assertThat(root.resolve("usr/bin/savepointd").toRealPath())
        .isEqualTo(root.toRealPath().resolve("usr/share/savepointd/bin/savepointd"));
    assertThat(Files.readSymbolicLink(root.resolve("usr/share/savepointd/conf")))
        .hasToString("/etc/savepointd");
    assertThat(root.resolve("usr/share/savepointd/lib/one.jar")).exists();
    assertThat(root.resolve("etc/systemd/system/savepointd@.service")).exists();
    assertThat(root.resolve("etc/default/savepointd")).exists();
    assertThat(root.resolve("usr/share/man/man1/savepointd-status.1.gz")).exists();
    assertThat(root.resolve("usr/share/bash-completion/completions/savepointd")).exists();
    assertThat(Files.getPosixFilePermissions(root.resolve("etc/savepointd/application.conf")))
        .hasSize(3);
  }

  @Test
  void runTwiceTakesOldJarsAwayAndKeepsWhatWasEdited() throws Exception {
    install();
    Path conf = root.resolve("etc/savepointd/application.conf");
    Files.writeString(conf, "mine");
    Files.move(unpacked.resolve("lib/one.jar"), unpacked.resolve("lib/two.jar"));

    String said = install();

    assertThat(conf).hasContent("mine");
    assertThat(said).contains("kept " + conf);
    assertThat(root.resolve("usr/share/savepointd/lib/one.jar")).doesNotExist();
    assertThat(root.resolve("usr/share/savepointd/lib/two.jar")).exists();
  }

  @Test
  void replacesASampleThatNobodyHasEdited() throws Exception {
    install();
    Files.writeString(unpacked.resolve("sample.conf"), "the next version's");

    install();

    assertThat(root.resolve("etc/savepointd/application.conf")).hasContent("the next version's");
    assertThat(root.resolve("etc/savepointd/application.conf.new")).doesNotExist();
  }

  @Test
  void takesNoConfigurationThatWasEditedInTheArchiveForTheSample() throws Exception {
    Files.writeString(unpacked.resolve("conf/application.conf"), "password = hunter2");

    install();

    try (Stream<Path> all = Files.walk(root)) {
      assertThat(all.filter(Files::isRegularFile).filter(f -> f.toString().endsWith(".conf")))
          .isNotEmpty()
          .allSatisfy(file -> assertThat(file).content().doesNotContain("hunter2"));
    }
  }

  @Test
  void uninstallsTheProgramAndKeepsTheConfiguration() throws Exception {
    install("--prefix", "/opt/sp");
    assertThat(root.resolve("etc/systemd/system/savepointd.service"))
        .content()
        .contains("ExecStart=/opt/sp/bin/savepointd run")
        .contains("ExecCondition=/opt/sp/share/savepointd/bin/configured");

    install("--uninstall", "--prefix", "/opt/sp");

    try (Stream<Path> left = Files.walk(root)) {
      assertThat(left.filter(file -> !Files.isDirectory(file)).map(root::relativize))
          .map(Path::toString)
          .containsExactlyInAnyOrder(
              "etc/savepointd/application.conf",
              "etc/savepointd/.sample",
              "etc/default/savepointd");
    }
  }

  @Test
  void refusesAPrefixThatTheUnitsCannotHold() throws Exception {
    Tool.Ran ran =
        Tool.run(
            Map.of("DESTDIR", root.toString()),
            dir,
            List.of(unpacked.resolve("install.sh").toString(), "--prefix", "/opt/my programs"));

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.output()).contains("--prefix").contains("/opt/my programs");
    assertThat(root).doesNotExist();
  }

  @Test
  void shellcheckHasNothingToSayOfAnyScript() throws Exception {
    Path module = Path.of("").toAbsolutePath();
    List<String> scripts = new ArrayList<>(List.of("src/main/install.sh"));
    for (String script : List.of("postinst", "postrm", "prerm")) {
      scripts.add("src/main/deb/control/" + script);
    }
    scripts.add("../daemon/src/main/dist/bin/savepointd");
    scripts.add("../daemon/src/main/dist/bin/configured");

    Tool.Ran ran =
        Tool.required("shellcheck").run(Map.of(), module, scripts.toArray(String[]::new));

    assertThat(ran.output()).isBlank();
  }

  private String install(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(unpacked.resolve("install.sh").toString()));
    command.addAll(List.of(arguments));
    Tool.Ran ran = Tool.run(Map.of("DESTDIR", root.toString()), dir, command);
    assertThat(ran.code()).as(ran.output()).isZero();
    return ran.output();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
