package io.savepointd.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Thousands of configurations that nobody would write: each is loaded, or refused with faults that
 * name their file, and soon. A failure names its seed.
 */
@Timeout(300)
class ConfigFuzzTest {
  private static final int MUTANTS = 1000;

  /** Of the processor's time, which a loaded machine doesn't stretch. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static final Pattern TOKEN = Pattern.compile("\"[^\"\n]*\"|[\\w.-]+|\\s+|.");

  private static final List<String> STRANGE =
      List.of(
          "null",
          "true",
          "-1",
          "1e999",
          "99999999999999999999999",
          "0x7f",
          "NaN",
          "1.5",
          "''",
          "\"",
          "\"\"\"",
          "\\u0000",
          "\\uD800",
          "\u202e",
          "\ud83d\ude00",
          "\u0000",
          "\ufeff",
          "[",
          "]",
          "{",
          "}",
          "{{}}",
          "[[]]",
          "[{}]",
          "=",
          "+=",
          ":",
          ",",
          ",,",
          "$",
          "${",
          "${}",
          "${?}",
          "${NOBODY_SETS_THIS}",
          "${?NOBODY_SETS_THIS}",
          "${HOME}",
          "${savepointd}",
          "${savepointd.jobs.averaging}",
          "${savepointd.storage.root}",
          "a = ${a}",
          "a += ${a}",
          "include",
          "include \"missing.conf\"\n",
          "include required(\"missing.conf\")\n",
          "include required(\"mutant.conf\")\n",
          "include \"mutant.conf\"\n",
          "include file(\"/\")\n",
          "include url(\"file:///dev/null\")\n",
          "include \"loop.conf\"\n",
          "include classpath(\"reference.conf\")\n",
          "//",
          "#",
          "\r",
          "\n",
          "9223372036854775808d",
          "1000000000000000d",
          "-5m",
          "5 parsecs",
          "1 YiB",
          "99999999999999999999 GiB",
          "\"0 0 0 31 2 ?\"",
          "\"* * * * * *\"",
          "hdfs://",
          "\"http://[::1\"",
          "\"\u0000\"");

  @TempDir Path home;
  private Installation installation;

  @BeforeEach
  void install() {
    installation =
        Installation.in(home).with(Map.of("HOME", "/nowhere", "EMPTY", "", "ODD", "\u0000{"));
    installation.write("loop.conf", "include \"loop2.conf\"\n");
    installation.write("loop2.conf", "include \"loop.conf\"\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../config/application.conf", "src/main/resources/reference.conf"})
  void isLoadedOrRefusedWhateverBecomesOfItsWords(String original) throws IOException {
    List<String> tokens = tokens(Files.readString(Path.of(original)));
    int refused = 0;
    for (int seed = 0; seed < MUTANTS; seed++) {
      refused += load(original + ", seed " + seed, mutant(tokens, new Random(seed))) ? 0 : 1;
    }
    assertThat(refused).isGreaterThan(MUTANTS / 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 100, 1000, 10_000, 30_000})
  void isLoadedOrRefusedHoweverDeepItIsNested(int depth) throws IOException {
    for (String open : List.of("{a=", "[", "a{", "a.", "\"a\".", "((", "${", "{a:[")) {
      load(depth + " of " + open, "savepointd " + open.repeat(depth));
      load(depth + " of " + open, "savepointd.jobs.averaging.args = " + open.repeat(depth));
    }
    load(depth + " closed", "a=" + "[".repeat(depth) + "]".repeat(depth));
    load(depth + " objects", "savepointd=" + "{a=".repeat(depth) + "1" + "}".repeat(depth));
    load(depth + " keys", "savepointd.a" + ".a".repeat(depth) + " = 1");
  }

  @Test
  void isLoadedOrRefusedWhateverTypeAValueHas() throws IOException {
    String sample = Files.readString(Path.of("../config/application.conf"));
    String all = sample.replaceAll("(?m)^( *)#(?=[^ #\n])", "$1");
    Matcher value = Pattern.compile("= *([^\n{},]+)").matcher(all);
    while (value.find()) {
      for (String strange : STRANGE) {
        load(
            value.group() + " as " + strange,
            all.substring(0, value.start(1)) + strange + all.substring(value.end(1)));
      }
    }
  }

  /** Whether it was loaded. */
  private boolean load(String what, String content) throws IOException {
    Path file = home.resolve("mutant.conf");
    Files.write(file, content.getBytes(StandardCharsets.UTF_8));
    long began = THREADS.getCurrentThreadCpuTime();
    try {
      assertThat(installation.load(file)).isNotNull();
      return true;
    } catch (ConfigRefused e) {
      assertThat(e.problems()).as(what).isNotEmpty().isSorted();
      for (ConfigProblem problem : e.problems()) {
        assertThat(problem.file()).as("%s: %s", what, problem).isNotBlank();
        assertThat(problem.line()).as("%s: %s", what, problem).isNotNegative();
        assertThat(problem.reason()).as("%s: %s", what, problem).isNotBlank();
      }
      return false;
    } catch (RuntimeException | Error e) {
      String shown = content.length() > 6000 ? content.substring(0, 6000) : content;
      throw new AssertionError(what + ":\n" + shown, e);
    } finally {
      Duration took = Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - began);
      assertThat(took).as(what).isLessThan(SOON);
    }
  }

  private static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    Matcher token = TOKEN.matcher(text.replaceAll("(?m)^ *#( .*)?\n", "").replace("#", ""));
    while (token.find()) {
      tokens.add(token.group());
    }
    return tokens;
  }

  /** Some tokens dropped, doubled, swapped, replaced, cut or made strange. */
  private static String mutant(List<String> tokens, Random random) {
    List<String> mutant = new ArrayList<>(tokens);
    for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
      int at = random.nextInt(mutant.size());
      int other = random.nextInt(mutant.size());
      switch (random.nextInt(8)) {
        case 0 -> mutant.remove(at);
        case 1 -> mutant.add(at, mutant.get(at));
        case 2 -> mutant.set(at, mutant.set(other, mutant.get(at)));
        case 3 -> mutant.set(at, STRANGE.get(random.nextInt(STRANGE.size())));
        case 4 -> mutant.add(at, STRANGE.get(random.nextInt(STRANGE.size())));
        case 5 -> mutant.set(at, unicode(random));
        case 6 -> mutant.set(at, mutant.get(at).substring(mutant.get(at).length() / 2));
        default -> mutant.add(at, mutant.get(other).repeat(1 + random.nextInt(50)));
      }
    }
    return String.join("", mutant);
  }

  private static String unicode(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i >= 0; i--) {
      text.appendCodePoint(random.nextInt(0x11_0000));
    }
    return text.toString();
  }
}
