package io.savepointd.supervise;

import static io.savepointd.supervise.Histories.at;
import static io.savepointd.supervise.Histories.id;
import static io.savepointd.supervise.Histories.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.model.Origin;
import io.savepointd.model.RunEnd;
import io.savepointd.retention.RetentionPolicy;
import io.savepointd.storage.FakeSavepointStore;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rule 6: what stays although the policy would let it go. */
class HousekeepingTest {
  private static final RetentionPolicy NONE = RetentionPolicy.keepLast(0);

  private static Histories threeSavepoints() {
    return new Histories().running(1, 0).retained(1, 1, 1).retained(2, 1, 2).retained(3, 1, 3);
  }

  private static Histories restored(String from) {
    return threeSavepoints().ended(1, RunEnd.FAILED, 4).intended(2, new Origin.Restored(from), 5);
  }

  private static List<String> kept(Histories histories) {
    return Housekeeping.plan(
            NONE, histories.done(), List.of(histories.done()), new FakeSavepointStore(), at(10))
        .kept()
        .stream()
        .map(s -> s.id().value())
        .toList();
  }

  @Test
  void keepsTheNewest() {
    assertThat(kept(threeSavepoints())).containsExactly(id(3));
  }

  @Test
  void keepsWhatAnOpenRunStandsOnFromItsIntentOn() {
    assertThat(kept(restored(path(1)))).containsExactly(id(3), id(1));
    assertThat(kept(restored(path(1)).started(2, 6))).containsExactly(id(3), id(1));
    assertThat(kept(restored(path(1)).started(2, 6).cancelling(2, 7)))
        .containsExactly(id(3), id(1));
  }

  @Test
  void knowsThePathHoweverFlinkWritesIt() {
    assertThat(kept(restored(path(1) + "/"))).containsExactly(id(3), id(1));
  }

  /** One server has several names, and what Flink tells of a run found there is its user's. */
  @Test
  void knowsThePathHoweverTheServerIsNamed() {
    assertThat(kept(restored(path(1).replace("fake:9000", "fake.example.org:9000"))))
        .containsExactly(id(3), id(1));
  }

  /** The whole directory would go. */
  @Test
  void keepsTheDirectoryInWhichARunStandsOnAnotherSavepoint() {
    assertThat(kept(restored(path(1) + "-of-a-second-try"))).containsExactly(id(3), id(1));
  }

  @Test
  void letsItGoOnceTheRunHasACheckpointOfItsOwn() {
    assertThat(kept(restored(path(1)).started(2, 6).checkpointed(2, 7))).containsExactly(id(3));
    // Flink doesn't recover from a savepoint taken on the way.
    assertThat(kept(restored(path(1)).started(2, 6).retained(4, 2, 7)))
        .containsExactly(id(4), id(1));
  }

  @Test
  void letsItGoOnceTheRunIsOver() {
    assertThat(kept(restored(path(1)).ended(2, RunEnd.FAILED, 7))).containsExactly(id(3));
    assertThat(kept(restored(path(1)).notStarted(2, 7))).containsExactly(id(3));
  }

  @ParameterizedTest
  @CsvSource({
    "file:/a/b,file:///a/b,true",
    "file:/a/b/,file:/a/b,true",
    "hdfs://n:1/a b,hdfs://n:1/a b/,true",
    "hdfs://n:1/a%zz,hdfs://n:1/a%zz,true",
    "hdfs://n:1/a,hdfs://n:2/a,false",
    "hdfs://n:1/a,hdfs://n:1/a/b,false",
    "hdfs:/a,file:/a,false",
    "/a,/a/,true"
  })
  void comparesPaths(String one, String other, boolean same) {
    assertThat(Paths.same(one, other)).isEqualTo(same);
  }
}
