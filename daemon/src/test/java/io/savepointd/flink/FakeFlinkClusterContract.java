package io.savepointd.flink;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.savepointd.model.ClusterName;
import io.savepointd.model.TriggerId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;

/** The contract for what has the fake behind it. */
abstract class FakeFlinkClusterContract extends FlinkClusterContract {
  protected final FakeFlinkCluster fake =
      new FakeFlinkCluster(
          new ClusterName("test"),
          Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC),
          directory -> directory + "/savepoint-000000-1");

  @BeforeEach
  void behaveLikeRealOne() {
    fake.readsJars(true);
    fake.completeSavepointsAtOnce(true);
    fake.savepointDirectory(configuredSavepointDirectory());
  }

  @Override
  protected void eventually(ThrowingCallable assertion) {
    fake.settle();
    assertThatCode(assertion).doesNotThrowAnyException();
  }

  @Override
  protected String targetOf(TriggerId trigger) {
    return "file:/savepoints/counting/" + trigger;
  }

  @Override
  protected void expectRefusal(String entryClass) {
    fake.faults().refuseNextSubmit("no entry class " + entryClass);
  }

  @Override
  protected String missing(String path) {
    fake.faults().lose(path);
    return path;
  }

  @Override
  protected int jarsHeld() {
    return fake.jars().size();
  }

  @Override
  protected Optional<String> configuredSavepointDirectory() {
    return Optional.of("file:/savepoints");
  }
}
