package io.savepointd.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.model.Savepoint;
import io.savepointd.model.SavepointFormat;
import io.savepointd.model.TriggerId;
import io.savepointd.storage.Verification;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the ledger calls deleted and somebody has put back. */
class DeleteAgainTest {
  private final KeeperWorld world = new KeeperWorld();
  private Savepoint deleted;
  private String back;

  @BeforeEach
  void aDeletedSavepointIsBack() {
    world.givenTheJobRuns();
    world.givenSavepoints(3);
    world.whenTimePasses(Duration.ofSeconds(1));
    deleted =
        world.history().savepoints().stream()
            .filter(s -> s.state() == Savepoint.State.DELETED)
            .findFirst()
            .orElseThrow();
    back =
        world.store.writeSavepoint(
            world.store.directoryOf(deleted.job(), new TriggerId(deleted.id().value())));
  }

  @Test
  void isDeletedAgain() {
    assertThat(world.asking(new Demand.DeleteAgain(deleted.id())).join())
        .isInstanceOf(Answer.Done.class);
    assertThat(world.store.entries().keySet()).noneMatch(p -> p.contains(deleted.id().value()));
  }

  @Test
  void staysOnceItWasAdoptedUnderAnotherId() throws Exception {
    Verification.Good good = (Verification.Good) world.store.verify(back);
    world
        .asking(new Demand.Adopt(back, world.clock.instant(), SavepointFormat.CANONICAL, good))
        .join();

    assertThat(world.asking(new Demand.DeleteAgain(deleted.id())).join())
        .isInstanceOf(Answer.Refused.class)
        .extracting(Answer::message)
        .asString()
        .contains("lies in the directory of " + deleted.id());
    assertThat(world.store.verify(back)).isInstanceOf(Verification.Good.class);
  }

  @Test
  void staysWhileARunStandsOnIt() {
    world.whenAsked(new Demand.Start(new Demand.From.Path(back), true));
    world.whenTimePasses(Duration.ofSeconds(5));
    world.thenTheJobRuns();
    assertThat(world.asking(new Demand.DeleteAgain(deleted.id())).join())
        .isInstanceOf(Answer.Refused.class)
        .extracting(Answer::message)
        .asString()
        .contains("run " + world.runId());
  }
}
