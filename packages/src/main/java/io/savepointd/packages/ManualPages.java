package io.savepointd.packages;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** One page for {@code savepointd} and one for each of its commands, from picocli's model. */
final class ManualPages {
  private final String version;

  ManualPages(String version) {
    this.version = version;
  }

  /** The pages by name, such as {@code savepointd-restore-latest}. */
  Map<String, String> of(CommandLine line) {
    Map<String, String> pages = new TreeMap<>();
    add(line, pages);
    return pages;
  }

  private void add(CommandLine line, Map<String, String> pages) {
    String name = name(line);
    pages.put(name, page(line, name));
    subcommands(line).forEach(sub -> add(sub, pages));
  }

  static String name(CommandLine line) {
    return line.getCommandSpec().qualifiedName("-");
  }

  /** Those with a page of their own, in the order of the program's own help. */
  static List<CommandLine> subcommands(CommandLine line) {
    return line.getSubcommands().values().stream()
        .filter(sub -> !sub.getCommandSpec().usageMessage().hidden())
        .filter(sub -> !(sub.getCommand() instanceof CommandLine.HelpCommand))
        .distinct()
        .toList();
  }

  private String page(CommandLine line, String name) {
    CommandSpec spec = line.getCommandSpec();
    String description = plain(spec.usageMessage().description());
    Roff page = new Roff(name, 1, version, summary(description));
    page.section("SYNOPSIS");
    page.verbatim(line.getHelp().synopsis(0).strip());
    page.section("DESCRIPTION");
    page.paragraph(description);
    arguments(page, spec);
    List<CommandLine> commands = subcommands(line);
    if (!commands.isEmpty()) {
      page.section("COMMANDS");
      page.paragraph(
          "Each has a page of its own, with its options: %s(1), for instance."
              .formatted(name(commands.get(commands.size() - 1))));
      commands.forEach(
          sub ->
              page.tagged(
                  sub.getCommandName(),
                  List.of(plain(sub.getCommandSpec().usageMessage().description()))));
    }
    closing(page, spec);
    return page.text();
  }

  private static void arguments(Roff page, CommandSpec spec) {
    List<PositionalParamSpec> parameters =
        spec.positionalParameters().stream().filter(p -> !p.hidden()).toList();
    List<OptionSpec> options = spec.options().stream().filter(o -> !o.hidden()).toList();
    if (!parameters.isEmpty()) {
      page.section("ARGUMENTS");
      parameters.forEach(p -> page.tagged(p.paramLabel(), described(p)));
    }
    if (!options.isEmpty()) {
      page.section("OPTIONS");
      options.forEach(o -> page.tagged(tag(o), described(o)));
    }
  }

  static String tag(OptionSpec option) {
    String names = String.join(", ", option.names());
    return option.arity().max() == 0 ? names : names + " " + option.paramLabel();
  }

  private static List<String> described(ArgSpec argument) {
    return List.of(plain(argument.description()));
  }

  private static void closing(Roff page, CommandSpec spec) {
    page.section("EXIT STATUS");
    spec.root().usageMessage().exitCodeList().forEach((k, v) -> page.tagged(k, List.of(v)));
    page.section("FILES");
    page.tagged(
        "/etc/savepointd/application.conf",
        List.of("The configuration, see savepointd.conf(5); NAME.conf is that of an instance."));
    page.tagged(
        "/etc/default/savepointd",
        List.of("The environment: HADOOP_CONF_DIR, HADOOP_USER_NAME, JAVA_HOME, SAVEPOINTD_OPTS."));
    page.tagged(
        "/var/log/savepointd/lineage.log", List.of("Which state each run stands on, in words."));
    page.section("SEE ALSO");
    boolean root = spec.parent() == null;
    page.paragraph(
        (root ? "" : "savepointd(1), ")
            + "savepointd.conf(5), systemctl(1), journalctl(1); /usr/share/doc/savepointd");
  }

  /** The first sentence, as whatis(1) has it: without a full stop at its end. */
  private static String summary(String description) {
    String first = description.split("[.;:] |\\.$", 2)[0].strip();
    return first.isEmpty()
        ? description
        : first.substring(0, 1).toLowerCase(Locale.ROOT) + first.substring(1);
  }

  /** Picocli's markup and format directives resolved. */
  private static String plain(String... lines) {
    String joined = String.join(" ", Arrays.asList(lines)).replace("%n", " ").replace("%%", "%");
    return Help.Ansi.OFF.string(joined).replace("$$", "$").strip();
  }
}
