package io.savepointd.doctor;

import io.savepointd.flink.ClusterFacts;
import io.savepointd.flink.ClusterProbe;
import io.savepointd.flink.ClusterSetup;
import io.savepointd.flink.ClusterUnavailable;
import io.savepointd.flink.RunSeen;
import io.savepointd.model.ClockReading;
import io.savepointd.model.RunId;
import io.savepointd.model.RunState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A cluster with a free slot and nothing on it, until a test says otherwise. */
final class FakeCluster implements ClusterProbe {
  boolean down;
  ClusterFacts facts = new ClusterFacts("2.3.0", 1, 2, 1);
  ClusterSetup setup = setup(true, "hdfs://nn:8020/by-hand");
  Optional<ClockReading> clock = reading(Duration.ZERO);
  final List<RunSeen> runs = new ArrayList<>();

  static ClusterSetup setup(boolean takesJars, String savepoints) {
    return new ClusterSetup(takesJars, Optional.of(savepoints), Optional.empty(), false, 1);
  }

  static Optional<ClockReading> reading(Duration ahead) {
    return Optional.of(
        new ClockReading(
            FakeProbe.NOW, FakeProbe.NOW, FakeProbe.NOW.plus(ahead), Duration.ofMillis(1)));
  }

  void runs(String name) {
    RunId id = new RunId(String.format("%032x", runs.size() + 1));
    runs.add(new RunSeen(id, name, RunState.RUNNING, FakeProbe.NOW, 2, 2));
  }

  private void requireUp() throws ClusterUnavailable {
    if (down) {
      throw new ClusterUnavailable("cluster main: GET /overview: ConnectException");
    }
  }

  @Override
  public ClusterFacts facts() throws ClusterUnavailable {
    requireUp();
    return facts;
  }

  @Override
  public List<RunSeen> runs() throws ClusterUnavailable {
    requireUp();
    return runs;
  }

  @Override
  public ClusterSetup setup() throws ClusterUnavailable {
    requireUp();
    return setup;
  }

  @Override
  public Optional<ClockReading> clock() throws ClusterUnavailable {
    requireUp();
    return clock;
  }
}
