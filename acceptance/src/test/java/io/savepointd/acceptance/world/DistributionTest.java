package io.savepointd.acceptance.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a distribution whose {@code bin/savepointd} tells what it was given. */
class DistributionTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private Path temp;

  @Test
  void passesArgumentsEnvironmentAndConfiguration() throws IOException {
    Distribution distribution =
        telling("echo \"$#:$1:$2:$COLOUR\"; cat \"$SAVEPOINTD_CONF\" >&2; exit 4")
            .with("COLOUR", "blue")
            .withConfig("test.conf", "jobs {}");

    CommandResult result = distribution.run(SOON, "list", "a job");

    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(result.stdout()).isEqualTo("2:list:a job:blue\n");
    assertThat(result.stderr()).isEqualTo("jobs {}");
  }

  @Test
  void fromOneToTheNextOnlyWhatWasAddedDiffers() throws IOException {
    Distribution plain = telling("exit 0");
    assertThat(plain.with("A", "1").environment()).isEqualTo(Map.of("A", "1"));
    assertThat(plain.environment()).isEmpty();
  }

  @Test
  void saysWhatIsMissingAndWhatMakesIt() {
    assertThatThrownBy(() -> new Distribution(temp, temp, Map.of()))
        .hasMessage(temp + "/bin/savepointd is missing: `mvn package` of daemon makes it");
  }

  private Distribution telling(String script) throws IOException {
    Path bin = Files.createDirectories(temp.resolve("home/bin")).resolve("savepointd");
    Files.writeString(bin, "#!/usr/bin/env bash\n" + script + "\n");
    Files.setPosixFilePermissions(bin, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new Distribution(temp.resolve("home"), temp.resolve("run"), Map.of());
  }
}
