package io.savepointd.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LaunchTest {
  private static final String JAR = "a".repeat(64);

  private static Job job(List<String> args, OptionalInt parallelism, Map<String, String> options) {
    return new Job(
        new JobName("averaging"),
        new ClusterName("main"),
        "averaging",
        Path.of("/jobs/averaging.jar"),
        Optional.empty(),
        args,
        parallelism,
        options);
  }

  private static Launch launch(List<String> args, OptionalInt parallelism) {
    return Launch.of(job(args, parallelism, Map.of()), JAR, false);
  }

  @Test
  void isTheSameForTheSameConfigurationWhereverTheJarLies() {
    Job job = job(List.of("--x", "1"), OptionalInt.of(2), Map.of("a", "b", "c", "d"));
    Launch one = Launch.of(job, JAR, false);

    assertThat(one.same(Launch.of(job.withJar(Path.of("/elsewhere.jar")), JAR, false))).isTrue();
    assertThat(one.changesTo(one)).isEmpty();
  }

  @Test
  void everyPartOfItCounts() {
    Launch one = launch(List.of("a", "b"), OptionalInt.empty());

    assertThat(one.changesTo(launch(List.of("ab", ""), OptionalInt.empty())))
        .containsExactly("args");
    assertThat(one.same(launch(List.of("ab", ""), OptionalInt.empty()))).isFalse();
    assertThat(one.changesTo(launch(List.of("a", "b"), OptionalInt.of(4))))
        .containsExactly("parallelism the cluster's -> 4");
    assertThat(one.changesTo(Launch.of(job(one.args(), OptionalInt.empty(), Map.of()), "b", true)))
        .containsExactly("jar aaaaaaaaaaaa -> b", "restore.allow-non-restored-state false -> true");
    assertThat(
            one.changesTo(
                Launch.of(job(one.args(), OptionalInt.empty(), Map.of("k", "v")), JAR, false)))
        .containsExactly("flink-configuration.k");
  }

  @Test
  void differsThoughNothingButASecretDoesAndShowsNone() {
    Launch one = launch(List.of("--password", "hunter22"), OptionalInt.empty());
    Launch other = launch(List.of("--password", "hunter33"), OptionalInt.empty());

    assertThat(one.same(other)).isFalse();
    assertThat(one.changesTo(other)).containsExactly("a secret in args or flink-configuration");
    assertThat(one.toString()).doesNotContain("hunter");
  }

  @Test
  void isProvedByTheWayItWasDigestedOrByEither() {
    Job secret = job(List.of("--password", "hunter22"), OptionalInt.empty(), Map.of());
    Launch slow = Launch.of(secret, JAR, true);
    Job open = job(List.of("--in", "x"), OptionalInt.empty(), Map.of());
    Launch plain = Launch.of(open, JAR, true);

    assertThat(slow.provedBy(secret, Optional.of(Digesting.SLOW))).isTrue();
    assertThat(slow.provedBy(secret, Optional.of(Digesting.PLAIN))).isFalse();
    assertThat(slow.provedBy(secret, Optional.empty())).isTrue();
    assertThat(slow.provedBy(open, Optional.empty())).isFalse();
    assertThat(plain.provedBy(open, Optional.of(Digesting.PLAIN))).isTrue();
    assertThat(plain.provedBy(open, Optional.of(Digesting.SLOW))).isFalse();
    assertThat(plain.provedBy(open, Optional.empty())).isTrue();
  }

  @Test
  void whatAnOlderSavepointdWroteIsNeverTheSame() {
    Launch older = Launch.older(new ClusterName("main"), JAR, List.of(), OptionalInt.empty());

    assertThat(older.same(older)).isFalse();
    assertThat(older.kept()).isFalse();
  }
}
