package io.savepointd.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ArgumentsTest {
  @Test
  void withoutArgumentsReadsTheSocketAsTheOriginalDid() {
    assertThat(settings())
        .isEqualTo(
            new JobSettings(
                new InputSettings.SocketInput("localhost", 9_999),
                OptionalInt.empty(),
                Emit.RUNNING,
                SinkKind.PRINT,
                Optional.empty()));
  }

  @Test
  void takesEveryArgumentOfTheSocket() {
    assertThat(
            settings(
                ("--source socket --host lines.example --port=7 --parallelism 3 --emit reset"
                        + " --sink discard --results hdfs://nn/out")
                    .split(" ")))
        .isEqualTo(
            new JobSettings(
                new InputSettings.SocketInput("lines.example", 7),
                OptionalInt.of(3),
                Emit.RESET,
                SinkKind.DISCARD,
                Optional.of("hdfs://nn/out")));
  }

  @Test
  void takesEveryArgumentOfTheSequence() {
    assertThat(settings("--source=sequence", "--count=1000", "--rate=50", "--keys=4").input())
        .isEqualTo(new InputSettings.SequenceInput(OptionalLong.of(1000), OptionalLong.of(50), 4));
  }

  @Test
  void aSequenceIsEndlessAndUnthrottledUnlessToldOtherwise() {
    assertThat(settings("--source", "sequence", "--rate", "0").input())
        .isEqualTo(new InputSettings.SequenceInput(OptionalLong.empty(), OptionalLong.empty(), 10));
  }

  @Test
  void helpWinsOverEverythingElse() {
    assertThat(Arguments.parse(new String[] {"--nonsense", "--help"}))
        .isEqualTo(new Invocation.Help());
  }

  @Test
  void theUsageNamesEveryArgument() {
    String all = "--source --parallelism --emit --sink --results --help --host --port --count";
    assertThat(Usage.TEXT).contains((all + " --rate --keys").split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--prot 9|Unknown argument '--prot': known are --source,",
        "9999|Unknown argument '9999'",
        "--port|Argument --port lacks its value",
        "--port=|Argument --port lacks its value",
        "--host --port 9|Argument --host lacks its value",
        "--port 9 --port 10|Argument --port is given twice",
        "--port 0|Argument --port must be a whole number from 1 to 65535, not '0'",
        "--port 65536|Argument --port must be a whole number from 1 to 65535, not '65536'",
        "--port ten|Argument --port must be a whole number from 1 to 65535, not 'ten'",
        "--parallelism 129|Argument --parallelism must be a whole number from 1 to 128",
        "--source=sequence --count=0|Argument --count must be a whole number of at least 1",
        "--source=sequence --count=9223372036854775808|Argument --count must be a whole number",
        "--source=sequence --rate=-1|Argument --rate must be a whole number from 0",
        "--source=sequence --keys=0|Argument --keys must be a whole number of at least 1",
        "--source kafka|Argument --source must be socket or sequence, not 'kafka'",
        "--emit Running|Argument --emit must be running or reset, not 'Running'",
        "--sink file|Argument --sink must be print or discard, not 'file'",
        "--count 5|Argument --count needs --source sequence",
        "--source sequence --host h|Argument --host needs --source socket"
      })
  void aWrongArgumentIsNamed(String line, String message) {
    assertThatThrownBy(() -> settings(line.split(" ")))
        .isInstanceOf(ArgumentException.class)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("nothing was submitted");
  }

  private static JobSettings settings(String... args) {
    return ((Invocation.Submit) Arguments.parse(args)).settings();
  }
}
