package io.savepointd.retention;

import io.savepointd.model.Savepoint;
import java.util.List;

/** What retention says of one savepoint, and why, in words for a person. */
public sealed interface Decision {
  /** The savepoint that it is about. */
  Savepoint savepoint();

  /** Never empty. */
  List<String> reasons();

  /** It stays. */
  record Keep(Savepoint savepoint, List<String> reasons) implements Decision {
    /** Copies the reasons. */
    public Keep {
      reasons = List.copyOf(reasons);
    }
  }

  /** No rule wants it and nothing needs it: it may go. */
  record Expire(Savepoint savepoint, List<String> reasons) implements Decision {
    /** Copies the reasons. */
    public Expire {
      reasons = List.copyOf(reasons);
    }
  }
}
