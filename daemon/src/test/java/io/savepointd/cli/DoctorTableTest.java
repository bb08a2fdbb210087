package io.savepointd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.doctor.Line;
import io.savepointd.doctor.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoctorTableTest {
  private final DoctorTable table = new DoctorTable(List.of("java", "storage append"));

  @Test
  void alignsWhatIsShort() {
    assertThat(table.lines(new Line("java", new Verdict.Ok("17"))))
        .containsExactly("ok    java            17");
    assertThat(table.lines(new Line("storage append", new Verdict.Warn("slow", "wait"))))
        .containsExactly("warn  storage append  slow  -> wait");
    assertThat(table.lines(new Line("java", new Verdict.Skipped("needs x, which failed"))))
        .containsExactly("skip  java            needs x, which failed");
  }

  @Test
  void givesALongRemedyALineOfItsOwn() {
    String found = "permission denied for user savepointd: WRITE on /flink-savepoints (drwxr-xr-x)";
    String remedy =
        "hdfs dfs -chown -R savepointd hdfs://namenode:8020/flink-savepoints, or run as the user"
            + " that Flink runs as (HADOOP_USER_NAME)";

    assertThat(table.lines(new Line("storage append", new Verdict.Failed(found, remedy))))
        .containsExactly(
            "FAIL  storage append  permission denied for user savepointd: WRITE on"
                + " /flink-savepoints (drwxr-xr-x)",
            "                      -> hdfs dfs -chown -R savepointd"
                + " hdfs://namenode:8020/flink-savepoints, or run",
            "                         as the user that Flink runs as (HADOOP_USER_NAME)")
        .allMatch(line -> line.length() <= 100);
  }

  @Test
  void breaksNoWord() {
    String path = "/a".repeat(80);

    assertThat(table.lines(new Line("java", new Verdict.Ok("see " + path))))
        .containsExactly("ok    java            see", "                      " + path);
  }
}
