package io.savepointd.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.flink.TriggerOutcome;
import io.savepointd.model.RunState;
import org.junit.jupiter.api.Test;

/** What a stop that is wanted calls for, where the cluster shows the run. */
class DecideStopTest {
  private static Histories toBeStopped() {
    return new Histories().running(1, 0).stopWanted(10);
  }

  private static Action next(Histories histories, long second) {
    return Case.of(histories).shows(1, RunState.RUNNING).at(second).decided();
  }

  @Test
  void asksForTheStop() {
    assertThat(next(toBeStopped(), 10)).isInstanceOf(Action.Stop.class);
  }

  @Test
  void letsTheRunEndAfterItsSavepointButNotForEver() {
    Histories left = toBeStopped().leftByAStop(1, 1, 11);
    assertThat(next(left, 70)).isInstanceOf(Action.Wait.class);
    assertThat(next(left, 71)).isInstanceOf(Action.Cancel.class);
  }

  /** Large state takes minutes to write, and the run's end comes after it. */
  @Test
  void givesTheRunItsTimeToEndHoweverLongItsSavepointTook() {
    Histories slow = toBeStopped().stopping(1, 1, 11).retained(1, 600);
    assertThat(next(slow, 601)).isInstanceOf(Action.Wait.class);
    assertThat(next(slow, 660)).isInstanceOf(Action.Cancel.class);
  }

  @Test
  void saysHowFarItsSavepointHasCome() {
    Case writing =
        Case.of(toBeStopped().stopping(1, 1, 10))
            .shows(1, RunState.RUNNING)
            .outcome(new TriggerOutcome.InProgress())
            .at(17);
    assertThat(writing.written(3, 8).detail()).isEqualTo("its savepoint 3/8 tasks, 7s");
  }

  /** An earlier stop had failed and left one; its state is old by now. */
  @Test
  void takesNoSavepointOfAnEarlierStopForItsOwn() {
    Histories earlier = new Histories().running(1, 0).leftByAStop(1, 1, 5).stopWanted(10);
    assertThat(next(earlier, 100)).isInstanceOf(Action.Stop.class);
  }

  @Test
  void takesNoOtherSavepointForItsOwn() {
    assertThat(next(toBeStopped().retained(1, 1, 11), 100)).isInstanceOf(Action.Stop.class);
  }

  @Test
  void waitsASecondAfterAStopThatFailed() {
    Histories failed = toBeStopped().stopping(1, 1, 10).failed(1, 12);
    assertThat(next(failed, 12)).isInstanceOf(Action.Wait.class);
    assertThat(next(failed, 13)).isInstanceOf(Action.Stop.class);
  }

  @Test
  void waitsUntilAllTasksRun() {
    assertThat(Case.of(toBeStopped()).shows(1, RunState.RESTARTING).at(11).decided())
        .isInstanceOfSatisfying(
            Action.Wait.class,
            wait -> assertThat(wait.state()).isEqualTo(JobStatus.State.STOPPING));
  }
}
