package io.savepointd.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.cli.Main;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class ManualPagesTest {
  private final CommandLine line = Main.commandLine();
  private final Map<String, String> pages = new ManualPages("1.2").of(line);

  @Test
  void thereIsOneForEveryCommand() {
    assertThat(pages).hasSizeGreaterThan(15).containsKeys("savepointd", "savepointd-run");
    assertThat(pages.keySet())
        .containsExactlyInAnyOrderElementsOf(all(line).stream().map(ManualPages::name).toList());
  }

  @Test
  void eachNamesEveryOptionAndArgumentAndSaysSomethingOfIt() {
    for (CommandLine command : all(line)) {
      String page = pages.get(ManualPages.name(command));
      for (OptionSpec option : command.getCommandSpec().options()) {
        assertThat(page)
            .contains(".TP\n.B " + Roff.escape(ManualPages.tag(option)) + "\n")
            .doesNotContain(Roff.escape(ManualPages.tag(option)) + "\n\\&\n");
      }
      command
          .getCommandSpec()
          .positionalParameters()
          .forEach(p -> assertThat(page).contains(".B " + Roff.escape(p.paramLabel()) + "\n"));
    }
  }

  @Test
  void theMainOneListsEveryCommand() {
    ManualPages.subcommands(line)
        .forEach(
            command ->
                assertThat(pages.get("savepointd"))
                    .contains(".B " + Roff.escape(command.getCommandName()) + "\n"));
  }

  @Test
  void noneTurnsTextIntoRequests() {
    Roff page = new Roff("x", 1, "1", "y");

    page.paragraph(".savepointd is a directory");
    page.verbatim("'quoted'\na\\b");

    assertThat(page.text())
        .contains("\n\\&.savepointd")
        .contains("\n\\&'quoted'")
        .contains("a\\eb");
  }

  @Test
  void theCompletionKnowsEveryCommand() {
    String script = AutoComplete.bash("savepointd", line);

    ManualPages.subcommands(line)
        .forEach(command -> assertThat(script).contains(command.getCommandName()));
  }

  private static List<CommandLine> all(CommandLine line) {
    List<CommandLine> commands = new ArrayList<>(List.of(line));
    ManualPages.subcommands(line).forEach(sub -> commands.addAll(all(sub)));
    return commands;
  }
}
