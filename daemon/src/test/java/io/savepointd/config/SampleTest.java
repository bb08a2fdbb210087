package io.savepointd.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.savepointd.model.ClusterName;
import io.savepointd.model.JobName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application.conf that is shipped for users to edit. */
class SampleTest {
  private static final Path SAMPLE = Path.of("../config/application.conf");

  @TempDir Path home;
  private Installation installation;

  @BeforeEach
  void install() {
    installation = Installation.in(home);
  }

  @Test
  void loadsAsItStands() throws Exception {
    Settings settings = installation.load(SAMPLE);

    assertThat(settings.storage().root()).contains("hdfs://namenode:9000/flink-savepoints");
    assertThat(settings.clusters()).containsOnlyKeys(new ClusterName("main"));
    assertThat(settings.jobs()).containsOnlyKeys(new JobName("averaging"));
  }

  @Test
  void loadsWithEveryOptionSwitchedOn() throws IOException {
    installation.write("job/orders.jar", "");
    String all =
        Files.readString(SAMPLE)
            .replaceAll("(?m)^( *)#(?=[^ #\n])", "$1")
            .replaceAll(
                "(?m)^( *)#(?=  (cron|time-zone|format|\"|cluster|jar|schedules|retention))", "$1");

    Settings settings = installation.load(all);

    assertThat(settings.jobs()).containsKey(new JobName("orders"));
    assertThat(settings.jobs().get(new JobName("averaging")).schedules()).hasSize(2);
    assertThat(settings.jobs().get(new JobName("averaging")).job().flinkConfiguration())
        .containsEntry("state.backend.type", "rocksdb");
  }

  @Test
  void isLoadedOrRefusedWhateverHappensToItsBytes() throws IOException {
    byte[] sample = Files.readAllBytes(SAMPLE);
    Random random = new Random(20_260_101);
    Path file = home.resolve("mutant.conf");
    int refused = 0;
    for (int i = 0; i < 500; i++) {
      byte[] mutant = mutate(sample, random);
      Files.write(file, mutant);
      try {
        assertThat(installation.load(file)).isNotNull();
      } catch (ConfigRefused e) {
        refused++;
        assertThat(e.problems()).isNotEmpty().isSorted();
      } catch (RuntimeException | Error e) {
        throw new AssertionError(
            "mutant " + i + ":\n" + new String(mutant, StandardCharsets.UTF_8), e);
      }
    }
    assertThat(refused).isBetween(100, 499);
  }

  /** Changes, drops or repeats a few stretches of the sample without its comments. */
  private static byte[] mutate(byte[] sample, Random random) {
    String text = new String(sample, StandardCharsets.UTF_8).replaceAll("(?m)^ *#.*\n|^\n", "");
    String noise = "{}[]()\"'=:,.#$?+\\\n /*0a-é\0";
    StringBuilder mutant = new StringBuilder(text);
    for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
      int at = random.nextInt(mutant.length());
      int end = Math.min(mutant.length(), at + 1 + random.nextInt(6));
      switch (random.nextInt(4)) {
        case 0 -> mutant.setCharAt(at, noise.charAt(random.nextInt(noise.length())));
        case 1 -> mutant.delete(at, end);
        case 2 -> mutant.insert(at, mutant.substring(at, end));
        default -> mutant.insert(at, noise.charAt(random.nextInt(noise.length())));
      }
    }
    return mutant.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void isRefusedRatherThanOverflownByEndlessBrackets() {
    Path file = installation.write("deep.conf", "a = " + "[".repeat(200_000));

    assertThatCode(() -> installation.load(file)).isInstanceOf(ConfigRefused.class);
  }
}
