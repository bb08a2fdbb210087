package io.savepointd.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keeps reference.conf, the code, the sample and the documentation from drifting apart. */
class ReferenceTest {
  @TempDir Path home;

  /** Every key with a value of its own, and the block that holds it. */
  private record Leaf(String key, ConfigValue value, ConfigObject block) {}

  private static List<Leaf> leaves(String prefix, ConfigObject block) {
    List<Leaf> leaves = new ArrayList<>();
    block.forEach(
        (name, value) -> {
          String key = prefix + "." + name;
          if (value instanceof ConfigObject inner && !inner.isEmpty()) {
            leaves.addAll(leaves(key, inner));
          } else {
            leaves.add(new Leaf(key, value, block));
          }
        });
    return leaves;
  }

  private static List<Leaf> leaves() {
    return leaves("savepointd", Reference.load());
  }

  static Stream<String> keys() {
    return leaves().stream().map(Leaf::key).sorted();
  }

  /** {@code defaults.job.x} is {@code jobs.averaging.x} to a user. */
  private static String inUse(String key) {
    return key.replace("savepointd.defaults.cluster.", "savepointd.clusters.main.")
        .replace("savepointd.defaults.job.", "savepointd.jobs.averaging.")
        .replace("savepointd.defaults.schedule.", "savepointd.jobs.averaging.schedules.s.");
  }

  @ParameterizedTest
  @MethodSource("keys")
  void listsNoKeyThatTheCodePassesBy(String key) {
    // No key takes a list of lists: only one that is never read would let it pass.
    String text = Installation.LEAST + inUse(key) + " = [[wrong]]\n";

    assertThat(Installation.in(home).problems(text))
        .anySatisfy(
            problem -> {
              assertThat(problem.key()).isEqualTo(inUse(key));
              assertThat(problem.line()).isEqualTo(7);
              assertThat(problem.reason()).contains("must be");
            });
  }

  static Stream<String> keysOfDefaults() {
    return keys().filter(key -> key.startsWith("savepointd.defaults."));
  }

  @ParameterizedTest
  @MethodSource("keysOfDefaults")
  void acceptsEveryKeyInTheUsersDefaults(String key) {
    String text = Installation.LEAST + key + " = null\n";

    assertThat(Installation.in(home).load(text)).isNotNull();
  }

  @Test
  void explainsEveryKey() {
    assertThat(leaves())
        .hasSizeGreaterThan(30)
        .allSatisfy(
            leaf ->
                assertThat(
                        leaf.value().origin().comments().size()
                            + leaf.block().origin().comments().size())
                    .as("comments on %s or its block", leaf.key())
                    .isPositive());
  }

  @Test
  void isMirroredInTheSample() throws Exception {
    String sample = Files.readString(Path.of("../config/application.conf"));

    assertThat(keys().map(ReferenceTest::lastElement).toList())
        .allSatisfy(
            name -> assertThat(sample).containsPattern("(?m)\\b" + Pattern.quote(name) + "\\b"));
  }

  @ParameterizedTest
  @MethodSource("leaves")
  void isExplainedInTheDocumentation(Leaf leaf) throws Exception {
    String documentation = Files.readString(Path.of("../docs/configuration.md"));
    String name = leaf.key().replaceFirst("savepointd\\.(defaults\\.\\w+\\.)?", "");

    if (name.equals("clusters") || name.equals("jobs")) {
      assertThat(documentation).contains("`" + name + ".NAME { … }`");
    } else {
      assertThat(documentation)
          .containsPattern(
              "(?m)^\\| `" + Pattern.quote(name) + "` \\| .* \\| " + documented(leaf) + " \\|$");
    }
  }

  /** What stands in the column of defaults; words where there is none. */
  private static String documented(Leaf leaf) {
    return switch (leaf.value().valueType()) {
      case NULL -> "[^`].*";
      case LIST, OBJECT -> Pattern.quote("`" + leaf.value().render().strip() + "`");
      default -> Pattern.quote("`" + Values.scalar(leaf.value(), "") + "`");
    };
  }

  private static String lastElement(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }
}
