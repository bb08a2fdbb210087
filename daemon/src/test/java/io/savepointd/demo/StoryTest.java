package io.savepointd.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.admin.LineageBody;
import io.savepointd.admin.SavepointsBody;
import io.savepointd.admin.StatusBody;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StoryTest {
  private final StringWriter told = new StringWriter();
  private final Story story = new Story(new PrintWriter(told));

  @Test
  void tellsASavepointOnceOldestFirst() {
    savepoints(Bodies.savepoint("b", "1", "retained"), Bodies.savepoint("a", "1", "retained"));
    savepoints(Bodies.savepoint("b", "1", "retained"), Bodies.savepoint("a", "1", "retained"));

    assertThat(lines())
        .containsExactly(
            "savepoint a00000000000 taken, verified (4567 bytes) and retained",
            "savepoint b00000000000 taken, verified (4567 bytes) and retained");
    assertThat(story.retained()).isEqualTo(2);
  }

  @Test
  void countsAPrunedSavepointOnceItIsGoneAndNotBefore() {
    savepoints(Bodies.savepoint("a", "1", "retained"));
    savepoints(Bodies.savepoint("a", "1", "expired"));
    assertThat(story.deleted()).isZero();

    savepoints(Bodies.savepoint("a", "1", "deleted"));
    savepoints(Bodies.savepoint("a", "1", "deleted"));

    assertThat(story.deleted()).isEqualTo(1);
    assertThat(story.retained()).isEqualTo(1);
    assertThat(lines().get(1)).isEqualTo("savepoint a00000000000 pruned: 3 are kept");
  }

  @Test
  void countsASavepointThatCameAndWentBetweenTwoLooks() {
    savepoints(Bodies.savepoint("a", "1", "deleted"));

    assertThat(story.retained()).isEqualTo(1);
    assertThat(story.deleted()).isEqualTo(1);
  }

  @Test
  void tellsWhatARunStartedFromAndHowItEnded() {
    story.tell(new LineageBody(List.of(Bodies.run("1", Optional.empty(), "submitted"))));
    story.tell(new LineageBody(List.of(Bodies.run("1", Optional.empty(), "started"))));
    story.tell(
        new LineageBody(
            List.of(
                Bodies.run("2", Optional.of("a"), "started"),
                Bodies.run("1", Optional.empty(), "canceled"))));

    assertThat(lines())
        .containsExactly(
            "run 100000000000 started from nothing, for the first time",
            "run 100000000000 ended: canceled",
            "run 200000000000 started from savepoint "
                + Bodies.path("a")
                + ", taken at 2026-03-01T12:00:00Z");
  }

  @Test
  void tellsTheJobsStateWhenItChanges() {
    story.tell(status("starting"));
    story.tell(status("starting"));
    story.tell(status("running"));

    assertThat(lines())
        .containsExactly("job averaging is starting: why", "job averaging is running: why");
  }

  @Test
  void tellsAveragesInOneLineAndNoneWhileThereAreNone() {
    story.tell(Map.of());
    story.tell(new TreeMap<>(Map.of(1L, 1005L, 2L, 2005L)));

    assertThat(lines()).containsExactly("averages:  1 → 1005  2 → 2005");
  }

  private void savepoints(SavepointsBody.SavepointBody... newestFirst) {
    story.tell(new SavepointsBody(List.of(newestFirst)));
  }

  private static StatusBody status(String state) {
    return new StatusBody("1", "active", "", "root", List.of(Bodies.job(state, "1")));
  }

  private List<String> lines() {
    return told.toString().lines().toList();
  }
}
