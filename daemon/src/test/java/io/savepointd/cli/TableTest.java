package io.savepointd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void makesEachColumnAsWideAsItsWidestCell() {
    Table table = new Table("ID", "STATE", "PATH");
    table.row("abcdef", "up", "/a/very/long/path");
    table.row("x", "unreachable", "/b");

    assertThat(table.lines())
        .containsExactly(
            "ID      STATE        PATH",
            "abcdef  up           /a/very/long/path",
            "x       unreachable  /b");
  }

  @Test
  void leavesNoSpaceAtTheEndOfALine() {
    Table table = new Table("JOB", "DETAIL");
    table.row("averaging", "");

    assertThat(table.lines()).containsExactly("JOB        DETAIL", "averaging");
  }

  @Test
  void hasItsHeadingsEvenWithoutARow() {
    assertThat(new Table("ID", "JOB").lines()).containsExactly("ID  JOB");
  }
}
