package io.savepointd.packages;

import java.util.List;
import java.util.Locale;

/** A manual page in the language of man(7), written from top to bottom. */
final class Roff {
  private final StringBuilder page = new StringBuilder();

  /** A page {@code name(section)}, with the line that apropos(1) shows. */
  Roff(String name, int section, String version, String summary) {
    page.append(
        ".TH %s %d \"\" \"savepointd %s\" \"savepointd\"%n"
            .formatted(escape(name.toUpperCase(Locale.ROOT)), section, escape(version)));
    section("NAME");
    // The one dash that mustn't be a minus: it parts the name from the summary (lexgrog(1)).
    page.append(escape(name)).append(" \\- ").append(escape(summary)).append('\n');
  }

  void section(String title) {
    page.append(".SH ").append(escape(title)).append('\n');
  }

  void paragraph(String text) {
    page.append(".PP\n").append(line(text)).append('\n');
  }

  /** A tag and what it stands for, indented. */
  void tagged(String tag, List<String> lines) {
    page.append(".TP\n.B ").append(escape(tag)).append('\n');
    page.append(lines.isEmpty() ? "\\&" : line(String.join(" ", lines))).append('\n');
  }

  /** Lines as they are. */
  void verbatim(String text) {
    page.append(".PP\n.nf\n");
    text.lines().forEach(line -> page.append(line(line)).append('\n'));
    page.append(".fi\n");
  }

  String text() {
    return page.toString();
  }

  /** A line that begins with a dot or an apostrophe would be a request. */
  private static String line(String text) {
    String escaped = escape(text);
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }

  static String escape(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-").replace("’", "'");
  }
}
