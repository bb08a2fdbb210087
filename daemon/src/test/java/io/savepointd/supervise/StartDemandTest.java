package io.savepointd.supervise;

import static io.savepointd.supervise.Histories.at;
import static io.savepointd.supervise.Histories.path;
import static io.savepointd.supervise.Histories.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.model.Origin;
import io.savepointd.model.RunEnd;
import io.savepointd.supervise.JobStatus.State;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StartDemandTest {
  private static final Demand.Start WANTED = new Demand.Start(new Demand.From.Path(path(7)), false);

  private final StartDemand start = new StartDemand();
  private final CompletableFuture<Answer> answer = new CompletableFuture<>();

  private void submitted(Histories histories) {
    start.set(WANTED, answer, at(60));
    start.submitted(run(2));
    start.heed(histories.done());
  }

  private static Histories sent() {
    return new Histories().intended(1, 0).intended(2, new Origin.Restored(path(7)), 0);
  }

  private static Action.Wait wait(State state) {
    return new Action.Wait(state, "why", at(9));
  }

  @Test
  void standsUntilARunIsSubmittedForIt() {
    assertThat(start.get()).isEmpty();
    start.set(WANTED, answer, at(60));
    assertThat(start.get()).contains(WANTED);
    assertThat(start.path()).contains(path(7));
    start.submitted(run(2));
    assertThat(start.get()).isEmpty();
    assertThat(answer).isNotDone();
  }

  @Test
  void isNotMetByARunThatWasThereBefore() {
    start.set(WANTED, answer, at(60));
    start.heed(new Histories().intended(1, 0).done());
    assertThat(start.get()).contains(WANTED);
    start.heed(new Histories().running(1, 0).done());
    assertThat(answer).isNotDone();
  }

  @Test
  void isMetOnceItsRunHasStarted() {
    submitted(sent());
    assertThat(answer).isNotDone();
    start.heed(sent().started(2, 1).done());
    assertThat(answer.join())
        .isEqualTo(new Answer.Done("run " + run(2) + " started from savepoint " + path(7)));
  }

  @Test
  void failsWithItsRun() {
    submitted(sent().notStarted(2, 1));
    assertThat(answer.join()).isInstanceOf(Answer.Failed.class);
    assertThat(start.get()).isEmpty();
  }

  @Test
  void failsWhenItsRunEndsOrIsCancelled() {
    submitted(sent().ended(2, RunEnd.FAILED, 1));
    assertThat(answer.join().message()).contains("ended at once: died");
    CompletableFuture<Answer> second = new CompletableFuture<>();
    start.set(WANTED, second, at(60));
    start.submitted(run(2));
    start.heed(sent().cancelling(2, 1).done());
    assertThat(second.join().message()).contains("is cancelled");
  }

  @Test
  void isAnsweredWhenItCannotGoOn() {
    start.set(WANTED, answer, at(60));
    start.heed(wait(State.STARTING), at(1));
    assertThat(answer).isNotDone();
    start.heed(wait(State.UNREACHABLE), at(1));
    assertThat(answer.join()).isEqualTo(new Answer.Unreachable("why"));
    CompletableFuture<Answer> second = new CompletableFuture<>();
    start.set(WANTED, second, at(60));
    start.heed(wait(State.HELD), at(1));
    assertThat(second.join()).isEqualTo(new Answer.Failed("why"));
  }

  @Test
  void waitsForItsSubmittedRunThroughAnOutageButNotForEver() {
    submitted(sent());
    start.heed(wait(State.UNREACHABLE), at(59));
    assertThat(answer).isNotDone();
    start.heed(wait(State.UNREACHABLE), at(60));
    assertThat(answer.join().message()).contains(run(2).value()).contains("goes on");
  }

  @Test
  void givesWayToANewerOne() {
    start.set(WANTED, answer, at(60));
    CompletableFuture<Answer> second = new CompletableFuture<>();
    start.set(new Demand.Start(new Demand.From.Nothing(), true), second, at(60));
    assertThat(answer.join()).isInstanceOf(Answer.Refused.class);
    assertThat(second).isNotDone();
    assertThat(start.path()).isEmpty();
  }

  @Test
  void takesNoRunForItsOwnWithoutADemand() {
    start.submitted(run(2));
    start.set(WANTED, answer, at(60));
    assertThat(start.get()).contains(WANTED);
  }
}
