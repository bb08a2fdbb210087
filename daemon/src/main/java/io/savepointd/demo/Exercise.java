package io.savepointd.demo;

import io.savepointd.admin.LineageBody;
import io.savepointd.admin.NotNow;
import io.savepointd.admin.Operations;
import io.savepointd.admin.SavepointsBody;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The script that checks itself, a step at each look: wait for savepoints and a pruning, kill the
 * run behind the daemon's back, and see it come back with its counts.
 */
final class Exercise {
  static final int SAVEPOINTS = 4;
  static final int PRUNED = 1;

  /** Key k's values start here and rise by one, so that its average is half a rise behind. */
  private static final long BASE = 1000;

  /** Averages that have risen less don't tell a continued count from a new one. */
  private static final long RISE = 5;

  /** Looks, about 200 ms each, after which a step counts as failed. */
  private static final int PATIENCE = 600;

  private final Story story;
  private final Averages averages;
  private final FlinkPage flink;
  private final List<String> faults = new ArrayList<>();
  private Optional<String> killed = Optional.empty();
  private Map<Long, Long> before = new TreeMap<>();
  private String restoredFrom = "";
  private boolean restored;
  private int looks;

  Exercise(Story story, Averages averages, FlinkPage flink) {
    this.story = story;
    this.averages = averages;
    this.flink = flink;
  }

  /** The next look; true once the script is through, well or badly. */
  boolean step(Operations operations) throws IOException, NotNow {
    if (++looks > PATIENCE) {
      faults.add("gave up after " + looks + " looks");
      return true;
    }
    if (killed.isEmpty()) {
      killWhenReady(operations);
      return false;
    }
    if (!restored) {
      lookForRestore(operations);
      return false;
    }
    return averagesGoOn();
  }

  private void killWhenReady(Operations operations) throws IOException, NotNow {
    boolean risen =
        averages.latest().entrySet().stream().anyMatch(e -> rise(e.getKey(), e.getValue()) >= RISE);
    if (story.retained() < SAVEPOINTS || story.deleted() < PRUNED || !risen) {
      return;
    }
    Optional<String> run = operations.status().jobs().get(0).run();
    if (run.isEmpty()) {
      return;
    }
    before = averages.latest();
    story.tell(before);
    story.say("run " + Story.shortId(run.get()) + " is now cancelled behind the daemon's back");
    flink.cancel(run.get());
    killed = run;
  }

  private void lookForRestore(Operations operations) throws IOException, NotNow {
    averages.mark();
    LineageBody.RunBody newest = operations.lineage(Optional.empty()).runs().get(0);
    if (newest.run().equals(killed.orElseThrow()) || !newest.state().equals("started")) {
      return;
    }
    restored = true;
    restoredFrom = newest.fromPath().orElse("nothing");
    String expected = newestBefore(operations, newest);
    if (!restoredFrom.equals(expected)) {
      faults.add("restored from " + restoredFrom + ", but the newest was " + expected);
    }
    String said = flink.restoredPath(newest.run());
    if (!said.equals(restoredFrom)) {
      faults.add("Flink says it restored from '" + said + "', not from " + restoredFrom);
    }
  }

  private static String newestBefore(Operations operations, LineageBody.RunBody run) throws NotNow {
    return operations.savepoints(Optional.empty(), true).savepoints().stream()
        .filter(s -> !s.run().equals(Optional.of(run.run())))
        .findFirst()
        .map(SavepointsBody.SavepointBody::path)
        .orElse("");
  }

  /** A count that began anew would put the average at the value of now, twice as far up. */
  private boolean averagesGoOn() {
    Map<Long, Long> after = averages.sinceMark();
    Optional<Long> key = after.keySet().stream().filter(before::containsKey).findFirst();
    if (key.isEmpty()) {
      return false;
    }
    long was = before.get(key.get());
    long is = after.get(key.get());
    if (rise(key.get(), is) * 2 > rise(key.get(), was) * 3) {
      faults.add("key " + key.get() + "'s average jumped from " + was + " to " + is);
    }
    story.say(
        "after the restore key " + key.get() + "'s average went on from " + was + " to " + is);
    return true;
  }

  private static long rise(long key, long average) {
    return average - BASE * key;
  }

  /** Prints the one line of the result; true if all of it held. */
  boolean sumUp(Duration took) {
    faults.forEach(fault -> story.say("FAULT: " + fault));
    story.say(
        (faults.isEmpty() ? "PASSED" : "FAILED")
            + ": "
            + story.retained()
            + " savepoints retained, "
            + story.deleted()
            + " pruned, run "
            + killed.map(Story::shortId).orElse("(none)")
            + " killed and restored from "
            + restoredFrom
            + ", in "
            + took.toSeconds()
            + " s");
    return faults.isEmpty();
  }
}
