package io.savepointd.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The .deb as the build has left it. */
class DebianPackageIT {
  private static final Path HERE = Path.of("").toAbsolutePath();

  @Test
  void lintianHasNoErrorOrWarning() throws Exception {
    Tool.Ran ran =
        Tool.required("lintian")
            .run(Map.of(), HERE, "--allow-root", "--fail-on", "error,warning", deb().toString());

    assertThat(ran.code()).as(ran.output()).isZero();
  }

  @Test
  void isLaidOutAsTheFileSystemHierarchyAsks() throws Exception {
    String listed = Tool.required("dpkg-deb").run(Map.of(), HERE, "-c", deb().toString()).output();

    assertThat(listed)
        .containsPattern("-rwxr-xr-x root/root .* ./usr/share/savepointd/bin/savepointd\n")
        .containsPattern("-rwxr-xr-x root/root .* ./usr/share/savepointd/bin/configured\n")
        .containsPattern("./usr/bin/savepointd -> ../share/savepointd/bin/savepointd\n")
        .containsPattern("./usr/share/savepointd/conf -> /etc/savepointd\n")
        .containsPattern("-rw-r--r-- root/root .* ./lib/systemd/system/savepointd@?.service\n")
        .contains("./usr/share/man/man5/savepointd.conf.5.gz\n")
        .doesNotContain("lib/demo");
  }

  @Test
  void keepsWhatAnAdministratorEdits() throws Exception {
    Tool dpkg = Tool.required("dpkg-deb");

    assertThat(dpkg.run(Map.of(), HERE, "-I", deb().toString(), "conffiles").output())
        .containsIgnoringWhitespaces("/etc/savepointd/application.conf /etc/default/savepointd");
  }

  @Test
  void saysOfEveryJarWhoseItIs() throws IOException {
    Path lib = HERE.resolve("../daemon/target/savepointd/lib").normalize();
    String copyright = Files.readString(HERE.resolve("src/main/deb/copyright"));
    List<PathMatcher> known =
        Pattern.compile("usr/share/savepointd/lib/(\\S+\\.jar)")
            .matcher(copyright)
            .results()
            .map(name -> FileSystems.getDefault().getPathMatcher("glob:" + name.group(1)))
            .toList();

    try (Stream<Path> jars = Files.list(lib)) {
      assertThat(
              jars.filter(Files::isRegularFile)
                  .map(Path::getFileName)
                  .filter(jar -> !jar.toString().startsWith("savepointd-"))
                  .filter(jar -> known.stream().noneMatch(k -> k.matches(jar))))
          .as("jars without a stanza in src/main/deb/copyright")
          .isEmpty();
    }
  }

  private static Path deb() throws IOException {
    try (Stream<Path> made = Files.list(HERE.resolve("target"))) {
      return made.filter(file -> file.toString().endsWith(".deb")).findFirst().orElseThrow();
    }
  }
}
