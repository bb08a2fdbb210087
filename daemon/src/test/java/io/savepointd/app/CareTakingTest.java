package io.savepointd.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.admin.VerifyBody;
import io.savepointd.config.JobSettings;
import io.savepointd.ledger.History;
import io.savepointd.ledger.JobHistory;
import io.savepointd.model.JobName;
import io.savepointd.model.Origin;
import io.savepointd.model.Savepoint;
import io.savepointd.model.SavepointFormat;
import io.savepointd.storage.FakeSavepointStore;
import io.savepointd.supervise.Answer;
import io.savepointd.supervise.Demand;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From a look at savepoints to what is done about them. */
class CareTakingTest {
  private final FakeSavepointStore store = new FakeSavepointStore("hdfs://nn:9000/root");
  private final Told told =
      new Told(Told.AVERAGING).run("a", new Origin.Empty()).savepoint("1", "a").savepoint("2", "a");
  private final History before = told.history();
  private final RecordingHand hand = new RecordingHand();

  /** Answers everything alike, and remembers it. */
  private final class RecordingHand implements CareTaking.Hand {
    private final List<Demand.Care> demands = new ArrayList<>();
    private Answer answer = new Answer.Done("so be it");

    @Override
    public Answer carryOut(JobSettings job, Demand.Care demand) {
      demands.add(demand);
      return answer;
    }

    @Override
    public JobHistory history(JobName job) {
      return told.history().of(job);
    }
  }

  private CareTaking taking(JobName... configured) {
    return new CareTaking(new Reports(ReportsTest.settings(configured)), hand);
  }

  private List<VerifyBody.LookBody> looked(History history, boolean deep) throws Exception {
    List<Savepoint> all = history.of(Told.AVERAGING).savepoints();
    List<Inspection.Finding> findings = new Inspection(store, Clock.systemUTC()).look(all, deep);
    return taking(Told.AVERAGING).settle(findings).savepoints();
  }

  @Test
  void quarantinesWhatIsMissingAndSaysSo() throws Exception {
    List<VerifyBody.LookBody> looks = looked(before, false);

    assertThat(looks).extracting(VerifyBody.LookBody::result).containsOnly("missing");
    assertThat(looks.get(0).done()).contains("quarantined");
    assertThat(hand.demands).hasSize(2).allMatch(Demand.Quarantine.class::isInstance);
  }

  @Test
  void doesNothingWhileTheStorageCannotTell() throws Exception {
    store.unavailable("safe mode");

    List<VerifyBody.LookBody> looks = looked(before, false);

    assertThat(looks).extracting(VerifyBody.LookBody::result).containsOnly("unknown");
    assertThat(looks.get(0).reason().orElseThrow()).contains("safe mode");
    assertThat(hand.demands).isEmpty();
  }

  @Test
  void saysWhyNothingCouldBeDone() throws Exception {
    hand.answer = new Answer.Failed("the daemon is stopping");

    assertThat(looked(before, false).get(0).done())
        .contains("left as it is: the daemon is stopping");
  }

  @Test
  void findsNoFaultWithWhatRetentionHasDeletedMeanwhile() throws Exception {
    hand.answer = new Answer.Refused("not retained");
    told.deleted("1").deleted("2");

    assertThat(looked(before, false))
        .extracting(VerifyBody.LookBody::result)
        .containsOnly("deleted");
  }

  @Test
  void leavesTheSavepointsOfAJobThatIsNoLongerConfiguredAsTheyAre() throws Exception {
    List<Inspection.Finding> findings =
        new Inspection(store, Clock.systemUTC())
            .look(before.of(Told.AVERAGING).savepoints(), false);

    assertThat(taking().settle(findings).savepoints().get(0).done().orElseThrow())
        .contains("no longer configured");
    assertThat(hand.demands).isEmpty();
  }

  private String good() {
    return store.writeSavepoint("hdfs://nn:9000/by-hand");
  }

  private Savepoint onLedger(String path, Savepoint.State state) {
    Savepoint s = before.of(Told.AVERAGING).savepoints().get(0);
    return new Savepoint(
        s.id(),
        s.job(),
        s.run(),
        s.occasion(),
        s.format(),
        path,
        s.takenAt(),
        s.retainedAt(),
        s.bytes(),
        state,
        false,
        List.of());
  }

  private Inspection.Finding finding(Savepoint savepoint, boolean deep) {
    return new Inspection(store, Clock.systemUTC()).look(List.of(savepoint), deep).get(0);
  }

  @Test
  void readsEveryByteOnlyWhenAsked() {
    Savepoint savepoint = onLedger(good(), Savepoint.State.RETAINED);
    store.rot(savepoint.path());

    assertThat(finding(savepoint, false).result()).isEqualTo("good");
    assertThat(finding(savepoint, false).care()).isEmpty();
    assertThat(finding(savepoint, true).care()).containsInstanceOf(Demand.Quarantine.class);
  }

  /** Otherwise a quick look would put back into use what a thorough one took out of it. */
  @Test
  void clearsAQuarantinedOneOnlyOnceEveryByteIsGood() {
    Savepoint rotten = onLedger(good(), Savepoint.State.QUARANTINED);
    store.rot(rotten.path());

    assertThat(finding(rotten, false).result()).isEqualTo("damaged");
    assertThat(finding(rotten, false).care()).isEmpty();
    assertThat(finding(onLedger(good(), Savepoint.State.QUARANTINED), false).care())
        .containsInstanceOf(Demand.Clear.class);
  }

  private Answer adopt(String path) throws Exception {
    CareTaking taking = taking(Told.AVERAGING);
    return taking.adopt(
        new Reports(ReportsTest.settings(Told.AVERAGING)).meant(Optional.of(Told.AVERAGING)).get(0),
        path,
        store);
  }

  @Test
  void adoptsWhatIsGoodWithTheTimeOfItsMetadata() throws Exception {
    String path = good();
    Instant written = Instant.parse("2026-02-01T00:00:00Z");
    store.touch(path + "/_metadata", written);

    assertThat(adopt(path)).isInstanceOf(Answer.Done.class);
    assertThat(hand.demands.get(0))
        .isInstanceOfSatisfying(
            Demand.Adopt.class,
            adopt -> {
              assertThat(adopt.path()).isEqualTo(path);
              assertThat(adopt.takenAt()).isEqualTo(written);
              assertThat(adopt.format()).isEqualTo(SavepointFormat.CANONICAL);
            });
  }

  @Test
  void adoptsNothingThatIsDamagedMissingOrCannotBeSeen() throws Exception {
    String path = good();
    store.damage(path);
    assertThat(adopt(path)).isInstanceOf(Answer.Refused.class);
    assertThat(adopt(path + "-not")).isInstanceOf(Answer.Refused.class);
    store.unavailable("safe mode");
    assertThat(adopt(path)).isInstanceOf(Answer.Unreachable.class);
    assertThat(hand.demands).isEmpty();
  }
}
