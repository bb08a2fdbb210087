package io.savepointd.scrub;

import io.savepointd.ledger.History;
import io.savepointd.storage.Stored;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was read to scrub by, in the order of the components. The ledger is read twice, since lanes
 * go on meanwhile: what was begun or deleted in between is no finding.
 *
 * @param before the ledger before anything else was looked at
 * @param looks by path, at every savepoint that the ledger keeps or nobody knows
 * @param deep whether every byte was read
 * @param after the ledger after everything else was looked at
 */
public record Evidence(
    History before, List<Stored> survey, Map<String, Look> looks, boolean deep, History after) {
  /** Copies the collections. */
  public Evidence {
    survey = List.copyOf(survey);
    looks = Map.copyOf(looks);
  }

  Optional<Look> look(String path) {
    return Optional.ofNullable(looks.get(path));
  }
}
