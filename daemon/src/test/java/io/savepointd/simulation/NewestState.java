package io.savepointd.simulation;

import io.savepointd.ledger.Event;
import io.savepointd.model.Origin;
import io.savepointd.model.RunId;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** With latest-state a start by itself loses no more than what came after the last checkpoint. */
final class NewestState extends Rule {
  static final String NAME = "11 with latest-state nothing before the last checkpoint is lost";

  private final Set<RunId> begun = new HashSet<>();

  /** Cancelled by a daemon before it was known what they began from. */
  private final Set<RunId> calledOff = new HashSet<>();

  private Optional<RunId> last = Optional.empty();
  private boolean anyHome;
  private boolean upgrading;

  NewestState(Simulation simulation) {
    super(NAME, simulation);
  }

  @Override
  void durable(Event event) {
    if (event instanceof Event.RunStarted e) {
      begun.add(e.run());
    } else if (event instanceof Event.RunAdopted e) {
      begun.add(e.run());
      calledOff.remove(e.run());
    } else if (event instanceof Event.CancelIntended e && !begun.contains(e.run())) {
      calledOff.add(e.run());
    } else if (event instanceof Event.RunCheckpointed e) {
      anyHome |= e.home().isPresent();
    } else if (event instanceof Event.UpgradeIntended) {
      upgrading = true;
    } else if (event instanceof Event.UpgradeOver) {
      upgrading = false;
    } else if (event instanceof Event.RunIntended e && ledger().run(e.run()).isEmpty()) {
      intended(e);
    }
  }

  private void intended(Event.RunIntended e) {
    boolean byItself = !upgrading && !simulation().people().wantAStart();
    if (simulation().scenario().latestState() && anyHome && byItself) {
      OptionalLong newest =
          last.filter(run -> !calledOff.contains(run))
              .map(run -> clusters().newestCheckpointOf(run))
              .orElse(OptionalLong.empty());
      long from =
          e.origin() instanceof Origin.Restored restored ? storage().number(restored.path()) : -1;
      require(
          newest.isEmpty() || from >= newest.getAsLong(),
          "run " + e.run() + " goes on from " + e.origin() + ", " + last + " has left " + newest);
    }
  }

  /** The last run that the cluster has really taken. */
  @Override
  void clusterHasChanged() {
    last = clusters().alive().stream().findFirst().map(seen -> seen.id()).or(() -> last);
  }
}
