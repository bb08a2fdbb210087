package io.savepointd.simulation;

import io.savepointd.ledger.Event;
import io.savepointd.model.Origin;
import io.savepointd.model.RunId;
import java.util.Optional;
import java.util.OptionalLong;

/** With latest-state a start by itself loses no more than what came after the last checkpoint. */
final class NewestState extends Rule {
  static final String NAME = "11 with latest-state nothing before the last checkpoint is lost";

  private Optional<RunId> last = Optional.empty();
  private boolean anyHome;
  private boolean upgrading;

  NewestState(Simulation simulation) {
    super(NAME, simulation);
  }

  @Override
  void durable(Event event) {
    if (event instanceof Event.RunCheckpointed e) {
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
          last.map(run -> clusters().newestCheckpointOf(run)).orElse(OptionalLong.empty());
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
