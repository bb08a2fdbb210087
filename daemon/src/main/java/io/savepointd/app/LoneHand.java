package io.savepointd.app;

import io.savepointd.config.JobSettings;
import io.savepointd.ledger.JobHistory;
import io.savepointd.ledger.Ledger;
import io.savepointd.ledger.LedgerLost;
import io.savepointd.model.JobName;
import io.savepointd.storage.SavepointStore;
import io.savepointd.supervise.Answer;
import io.savepointd.supervise.Demand;
import io.savepointd.supervise.JobKeeper;
import io.savepointd.supervise.SupervisionSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Carries demands out in the calling thread, each with a keeper of its own such as a lane has. A
 * keeper does more than it is asked while it works: it takes a living run over, records one that
 * has ended, and deletes what has expired; but it starts nothing.
 */
final class LoneHand implements CareTaking.Hand {
  private final Connections connections;
  private final Ledger ledger;
  private final Clock clock;

  LoneHand(Connections connections, Ledger ledger, Clock clock) {
    this.connections = connections;
    this.ledger = ledger;
    this.clock = clock;
    connections.begin(ledger.history());
  }

  JobHistory history(JobSettings job) {
    return ledger.history().of(job.job().name());
  }

  @Override
  public JobHistory history(JobName job) {
    return ledger.history().of(job);
  }

  @Override
  public Answer carryOut(JobSettings job, Demand.Care demand) throws LedgerLost {
    return carryOut(job, (Demand) demand);
  }

  SavepointStore store() {
    return connections.store();
  }

  String storageRoot() {
    return connections.store().root();
  }

  /**
   * Steps the keeper until the demand is answered; every demand is, by its own deadlines. One that
   * is answered as it is taken in, such as a prune, brings no step along: that would look after the
   * job too.
   */
  Answer carryOut(JobSettings job, Demand demand) throws LedgerLost {
    JobKeeper keeper = connections.keeper(job, onlyWhatIsAsked(job.supervision(), demand), ledger);
    if (demand instanceof Demand.Stop
        || demand instanceof Demand.Upgrade
        || demand instanceof Demand.Move) {
      keeper.step(); // what runs must be seen, also what no daemon has taken over yet
    }
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    keeper.accept(demand, answer);
    Optional<Answer> given = answer.isDone() ? Optional.of(answer.join()) : Optional.empty();
    while (given.isEmpty()) {
      given = await(answer, keeper.step());
    }
    return given.get();
  }

  private Optional<Answer> await(CompletableFuture<Answer> answer, Instant until) {
    long millis = Math.max(1, Duration.between(clock.instant(), until).toMillis());
    try {
      return Optional.of(answer.get(millis, TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(new Answer.Failed("interrupted; what was begun stays open on the ledger"));
    }
  }

  /** A command starts nothing by itself that it wasn't asked to start. */
  private static SupervisionSettings onlyWhatIsAsked(SupervisionSettings s, Demand demand) {
    return new SupervisionSettings(
        SupervisionSettings.Restart.NEVER,
        demand instanceof Demand.Start ? s.emptyStart() : SupervisionSettings.EmptyStart.NEVER,
        s.backoff(),
        s.crashLoop(),
        s.restore(),
        s.startTimeout(),
        s.savepointTimeout(),
        s.leftoverGrace(),
        s.upgradeTimeout(),
        s.failover());
  }
}
