package io.savepointd.supervise;

import static io.savepointd.supervise.Histories.at;
import static io.savepointd.supervise.Histories.trigger;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.model.Occasion;
import io.savepointd.model.SavepointFormat;
import io.savepointd.model.Trigger;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SavepointLineTest {
  private static final Demand.Savepoint FREQUENT = demand(new Occasion.Scheduled("frequent"));
  private static final Demand.Savepoint DAILY = demand(new Occasion.Scheduled("daily"));
  private static final Demand.Savepoint BY_HAND = demand(new Occasion.Requested());
  private static final Answer DONE = new Answer.Done("retained");
  private static final Answer NO = new Answer.Failed("no");

  private final SavepointLine line = new SavepointLine();

  private static Demand.Savepoint demand(Occasion occasion) {
    return new Demand.Savepoint(occasion, SavepointFormat.CANONICAL);
  }

  private CompletableFuture<Answer> join(Demand.Savepoint demand, Trigger... open) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    line.join(demand, answer, List.of(open), at(60));
    return answer;
  }

  private static Trigger open(Occasion occasion) {
    return new Trigger(
        trigger(1),
        KeeperWorld.NAME,
        Histories.run(1),
        occasion,
        SavepointFormat.CANONICAL,
        "hdfs://x",
        at(0));
  }

  @Test
  void isEmptyAtFirst() {
    assertThat(line.next(at(0))).isEmpty();
  }

  @Test
  void skipsAScheduleWhoseSavepointWaits() {
    assertThat(join(FREQUENT)).isNotDone();
    assertThat(join(FREQUENT).join()).isInstanceOf(Answer.Refused.class);
    assertThat(join(DAILY)).isNotDone();
  }

  @Test
  void skipsAScheduleWhoseSavepointIsBeingWritten() {
    assertThat(join(FREQUENT, open(FREQUENT.occasion())).join()).isInstanceOf(Answer.Refused.class);
    assertThat(join(DAILY, open(FREQUENT.occasion()))).isNotDone();
  }

  @Test
  void neverSkipsAPerson() {
    assertThat(join(BY_HAND, open(BY_HAND.occasion()))).isNotDone();
    assertThat(join(BY_HAND)).isNotDone();
  }

  @Test
  void servesOneAfterTheOther() {
    CompletableFuture<Answer> first = join(FREQUENT);
    CompletableFuture<Answer> second = join(DAILY);
    assertThat(line.next(at(0))).contains(FREQUENT);
    line.taken(trigger(1));
    assertThat(line.next(at(0))).contains(DAILY);
    line.settled(trigger(1), DONE);
    assertThat(first.join()).isEqualTo(DONE);
    assertThat(second).isNotDone();
  }

  @Test
  void triesThreeTimesUnderNewIdsAtTheHeadOfTheLine() {
    CompletableFuture<Answer> answer = join(FREQUENT);
    CompletableFuture<Answer> behind = join(DAILY);
    line.taken(trigger(1));
    assertThat(line.again(trigger(1), at(5))).isTrue();
    line.settled(trigger(1), NO);
    assertThat(answer).isNotDone();
    assertThat(line.next(at(4))).isEmpty();
    assertThat(line.next(at(5))).contains(FREQUENT);
    line.taken(trigger(2));
    assertThat(line.again(trigger(2), at(5))).isTrue();
    line.taken(trigger(3));
    assertThat(line.again(trigger(3), at(5))).isFalse();
    line.settled(trigger(3), NO);
    assertThat(answer.join()).isEqualTo(NO);
    assertThat(behind).isNotDone();
  }

  @Test
  void knowsNothingOfATriggerOfAnEarlierDaemon() {
    assertThat(line.again(trigger(9), at(5))).isFalse();
    line.settled(trigger(9), DONE);
  }

  @Test
  void turnsAwayPeopleButKeepsWhatSchedulesHaveFired() {
    CompletableFuture<Answer> scheduled = join(FREQUENT);
    CompletableFuture<Answer> byHand = join(BY_HAND);
    line.turnAwayRequested(NO);
    assertThat(byHand.join()).isEqualTo(NO);
    assertThat(scheduled).isNotDone();
    assertThat(line.next(at(0))).contains(FREQUENT);
  }

  @Test
  void turnsAwayPeopleWhoseTurnHasNotComeInTime() {
    CompletableFuture<Answer> scheduled = join(FREQUENT);
    CompletableFuture<Answer> byHand = join(BY_HAND);
    line.turnAwayLate(at(59), NO);
    assertThat(byHand).isNotDone();
    line.turnAwayLate(at(60), NO);
    assertThat(byHand.join()).isEqualTo(NO);
    assertThat(scheduled).isNotDone();
  }

  @Test
  void takesWhoNoLongerListensOutOfTheLine() {
    join(BY_HAND).cancel(false);
    line.turnAwayRequested(NO);
    assertThat(line.next(at(0))).isEmpty();
  }

  @Test
  void answersEverybodyInTheEnd() {
    CompletableFuture<Answer> underWay = join(FREQUENT);
    line.taken(trigger(1));
    CompletableFuture<Answer> waiting = join(DAILY);
    line.abandon(NO);
    assertThat(underWay.join()).isEqualTo(NO);
    assertThat(waiting.join()).isEqualTo(NO);
    assertThat(line.next(at(0))).isEmpty();
  }
}
