package io.savepointd.supervise;

import io.savepointd.ledger.Event;
import io.savepointd.ledger.FakeLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Every effect on cluster and storage in order, each checked against the ledger at that moment:
 * rule 1 (its intent is durable) and rule 3 (no run is submitted beside another).
 */
final class Effects {
  private final FakeLedger.Medium medium;
  private final List<String> done = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();

  Effects(FakeLedger.Medium medium) {
    this.medium = medium;
  }

  void happens(String effect, Predicate<Event.OfJob> isItsIntent) {
    done.add(effect);
    require(medium.events().stream().anyMatch(isItsIntent), effect + " without its intent");
  }

  void require(boolean holds, String violation) {
    if (!holds) {
      violations.add(violation);
    }
  }

  List<String> done() {
    return List.copyOf(done);
  }

  List<String> violations() {
    return List.copyOf(violations);
  }
}
