package io.savepointd.retention;

import io.savepointd.model.Savepoint;
import io.savepointd.model.SavepointId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Gathers, for one plan, what is said of each savepoint, and decides: one voice for keeping is
 * enough. Of one thread.
 */
final class Hearing {
  private final List<Savepoint> newestFirst;
  private final Map<SavepointId, List<Verdict>> said = new HashMap<>();

  Hearing(List<Savepoint> newestFirst) {
    this.newestFirst = newestFirst;
    newestFirst.forEach(savepoint -> said.put(savepoint.id(), new ArrayList<>()));
  }

  Optional<Savepoint> newest() {
    return newestFirst.stream().findFirst();
  }

  void note(Savepoint savepoint, Verdict verdict) {
    said.get(savepoint.id()).add(verdict);
  }

  /**
   * Lets rules speak.
   *
   * @param about of which savepoints
   * @param speaker put in front of each reason
   */
  void hear(
      RuleSettings rules, Predicate<Savepoint> about, String speaker, Instant now, ZoneId zone) {
    List<Savepoint> theirs = newestFirst.stream().filter(about).toList();
    for (List<Verdict> verdicts : rules.judge(theirs, now, zone)) {
      for (int i = 0; i < theirs.size(); i++) {
        Verdict verdict = verdicts.get(i);
        note(theirs.get(i), new Verdict(verdict.wanted(), speaker + verdict.reason()));
      }
    }
  }

  /** The newest first, each with the reasons of those who prevailed. */
  List<Decision> decisions() {
    return newestFirst.stream().map(this::decide).toList();
  }

  private Decision decide(Savepoint savepoint) {
    List<Verdict> verdicts = said.get(savepoint.id());
    boolean wanted = verdicts.stream().anyMatch(Verdict::wanted);
    List<String> reasons =
        verdicts.stream().filter(v -> v.wanted() == wanted).map(Verdict::reason).toList();
    return wanted ? new Decision.Keep(savepoint, reasons) : new Decision.Expire(savepoint, reasons);
  }
}
