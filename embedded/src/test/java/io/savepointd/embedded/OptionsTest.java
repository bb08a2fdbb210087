package io.savepointd.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

  @Test
  void onlyTheDirectoryIsNeeded() throws Exception {
    assertThat(Options.parse(List.of("--dir", "/w")))
        .isEqualTo(new Options(Path.of("/w"), 10, false));
  }

  @Test
  void everythingCanBeSaid() throws Exception {
    assertThat(Options.parse(List.of("--clean", "--lines-per-second", "250", "--dir", "/w/../x")))
        .isEqualTo(new Options(Path.of("/x"), 250, true));
  }

  @Test
  void relativeDirectoriesCountFromWhereItWasStarted() throws Exception {
    assertThat(Options.parse(List.of("--dir", "w")).dir())
        .isEqualTo(Path.of("").toAbsolutePath().resolve("w"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "10001", "ten", "", "1.5", "99999999999"})
  void refusesRatesThatMakeNoSense(String rate) {
    assertThatThrownBy(() -> Options.parse(List.of("--dir", "w", "--lines-per-second", rate)))
        .isInstanceOf(Options.UsageException.class)
        .hasMessage("--lines-per-second " + rate + ": a number from 1 to 10000");
  }

  @Test
  void saysWhichArgumentItDoesNotKnow() {
    assertThatThrownBy(() -> Options.parse(List.of("--dri", "w")))
        .hasMessage("unknown argument: --dri");
  }

  @Test
  void saysWhichOptionLacksItsValue() {
    assertThatThrownBy(() -> Options.parse(List.of("--dir"))).hasMessage("--dir needs a value");
  }

  @Test
  void refusesToChooseADirectoryByItself() {
    assertThatThrownBy(() -> Options.parse(List.of())).hasMessage("--dir is missing");
  }
}
