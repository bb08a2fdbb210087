package io.savepointd.cli;

import io.savepointd.doctor.Line;
import io.savepointd.doctor.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * The doctor's lines: result, check and what was found, then the remedy, on the same line if there
 * is room. What is too long goes on below, under what was found.
 */
final class DoctorTable {
  private static final int WIDTH = 100;

  /** Less than this for what was found would make a column of single words. */
  private static final int NARROWEST = 40;

  private static final String ARROW = "-> ";

  private final int nameWidth;
  private final String indent;

  /** For checks of these names. */
  DoctorTable(List<String> names) {
    this.nameWidth = names.stream().mapToInt(String::length).max().orElse(0);
    this.indent = " ".repeat(4 + 2 + nameWidth + 2);
  }

  List<String> lines(Line line) {
    Verdict verdict = line.verdict();
    String head = "%-4s  %-" + nameWidth + "s  ";
    String first = String.format(head, verdict.word(), line.check());
    int room = Math.max(NARROWEST, WIDTH - indent.length());
    List<String> lines = new ArrayList<>();
    if (verdict.remedy().isEmpty()) {
      add(lines, first, wrapped(verdict.found(), room));
    } else {
      String whole = verdict.found() + "  " + ARROW + verdict.remedy();
      if (whole.length() <= room) {
        add(lines, first, List.of(whole));
      } else {
        add(lines, first, wrapped(verdict.found(), room));
        List<String> remedy = wrapped(verdict.remedy(), room - ARROW.length());
        add(lines, indent + ARROW, remedy.subList(0, 1));
        remedy.stream().skip(1).forEach(more -> lines.add(indent + "   " + more));
      }
    }
    return lines;
  }

  private void add(List<String> lines, String first, List<String> texts) {
    String before = first;
    for (String text : texts) {
      lines.add((before + text).stripTrailing());
      before = indent;
    }
  }

  /** Broken at spaces; a word that is too long, such as a path, stays whole to be copied. */
  static List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.strip().split("\\s+", -1)) {
      if (line.length() > 0 && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() > 0 ? " " : "").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
