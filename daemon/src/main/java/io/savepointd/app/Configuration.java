package io.savepointd.app;

import io.savepointd.config.Settings;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The configuration that the daemon goes by, and what is to be told of it. Any thread may ask;
 * whoever begins something by it, or puts another in its place, does so alone.
 */
final class Configuration {
  private final ReentrantLock lock = new ReentrantLock();
  private volatile InEffect inEffect;
  private volatile Optional<String> notice = Optional.empty();

  private record InEffect(Settings settings, Instant since) {}

  Configuration(Settings settings, Instant readAt) {
    this.inEffect = new InEffect(settings, readAt);
  }

  Settings settings() {
    return inEffect.settings();
  }

  /** Since when it is in effect, as it is told. */
  String since() {
    return told(inEffect.since());
  }

  /** What a person has to know of it; empty while all is well. */
  Optional<String> notice() {
    return notice;
  }

  /** A piece of work during which the configuration stays what it is, but for that work itself. */
  interface Work<T, E extends Exception> {
    T run() throws E;
  }

  /** Begins something by the configuration as it is; none is put in its place meanwhile. */
  <T> T begin(Function<Settings, T> beginning) {
    return alone(() -> beginning.apply(settings()));
  }

  /** One at a time. */
  <T, E extends Exception> T alone(Work<T, E> work) throws E {
    lock.lock();
    try {
      return work.run();
    } finally {
      lock.unlock();
    }
  }

  /** It was read again, and is good. */
  void take(Settings next, Instant readAt) {
    inEffect = new InEffect(next, readAt);
    notice = Optional.empty();
  }

  /** It was read again, and can't be used. */
  void refuse(Instant readAt, List<String> reasons) {
    notice =
        Optional.of(
            "the configuration of "
                + told(readAt)
                + " was refused ("
                + (reasons.size() == 1 ? "" : reasons.size() + " reasons, first: ")
                + reasons.get(0)
                + "); the one of "
                + since()
                + " is in effect; mend it and run `savepointd reload`");
  }

  private static String told(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
