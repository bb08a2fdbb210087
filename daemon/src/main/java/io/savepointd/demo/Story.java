package io.savepointd.demo;

import io.savepointd.admin.LineageBody;
import io.savepointd.admin.SavepointsBody;
import io.savepointd.admin.StatusBody;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells what has changed since the last look, one line each, and keeps count. */
final class Story {
  private final PrintWriter out;
  private final Map<String, String> savepoints = new HashMap<>();
  private final Map<String, String> runs = new HashMap<>();
  private String jobState = "";
  private int retained;
  private int deleted;

  Story(PrintWriter out) {
    this.out = out;
  }

  void say(String line) {
    out.println(line);
    out.flush();
  }

  /** How many savepoints were ever seen retained. */
  int retained() {
    return retained;
  }

  /** How many were seen deleted. */
  int deleted() {
    return deleted;
  }

  void tell(StatusBody status) {
    for (StatusBody.JobBody job : status.jobs()) {
      if (!job.state().equals(jobState)) {
        jobState = job.state();
        say("job " + job.name() + " is " + job.state() + ": " + job.detail());
      }
    }
  }

  void tell(SavepointsBody body) {
    for (SavepointsBody.SavepointBody savepoint : oldestFirst(body.savepoints())) {
      Optional<String> before =
          Optional.ofNullable(savepoints.put(savepoint.id(), savepoint.state()));
      if (before.filter(savepoint.state()::equals).isPresent()) {
        continue;
      }
      if (before.isEmpty()) {
        retained++;
        say(
            "savepoint "
                + shortId(savepoint.id())
                + " taken, verified ("
                + savepoint.bytes()
                + " bytes) and retained");
      }
      if (savepoint.state().equals("deleted")) {
        deleted++;
        say("savepoint " + shortId(savepoint.id()) + " pruned: " + DemoConfig.KEPT + " are kept");
      }
    }
  }

  void tell(LineageBody body) {
    for (LineageBody.RunBody run : oldestFirst(body.runs())) {
      String before = runs.put(run.run(), run.state());
      if (run.state().equals(before)) {
        continue;
      }
      if (run.state().equals("started")) {
        say("run " + shortId(run.run()) + " started from " + origin(run));
      } else if (run.endedAt().isPresent()) {
        say("run " + shortId(run.run()) + " ended: " + run.state());
      }
    }
  }

  void tell(Map<Long, Long> averages) {
    if (!averages.isEmpty()) {
      StringBuilder line = new StringBuilder("averages:");
      averages.forEach(
          (key, average) -> line.append("  ").append(key).append(" → ").append(average));
      say(line.toString());
    }
  }

  private static <T> List<T> oldestFirst(List<T> newestFirst) {
    List<T> turned = new ArrayList<>(newestFirst);
    Collections.reverse(turned);
    return turned;
  }

  private static String origin(LineageBody.RunBody run) {
    return run.fromPath()
        .map(path -> "savepoint " + path + run.fromTakenAt().map(t -> ", taken at " + t).orElse(""))
        .orElse("nothing, for the first time");
  }

  static String shortId(String id) {
    return id.substring(0, 12);
  }
}
