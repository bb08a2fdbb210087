package io.savepointd.storage;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this process logged in: renews the ticket after four fifths of its life, and tries a login
 * that failed again, more and more seldom, or at once when its keytab has changed. {@link #step} is
 * for one thread, {@link #now} for any.
 */
final class LoginKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(LoginKeeper.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  /** Short, since without a ticket a lost ledger stays lost until the KDC is back and is asked. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  /** A wrong key counts as a wrong password, and five of these lock many an account. */
  private static final Duration FIRST_PAUSE_REFUSED = Duration.ofSeconds(30);

  private static final Duration LONGEST_PAUSE_REFUSED = Duration.ofMinutes(10);
  private static final int DOUBLINGS = 10;

  private final Credentials credentials;
  private final Clock clock;
  private volatile Standing standing = new Standing(Optional.empty(), Optional.empty());
  private String tried = "";
  private Instant due = Instant.MIN;
  private int failures;

  /**
   * How we stand with the KDC.
   *
   * @param ticket the last one we had, perhaps past its end
   * @param fault why the last try failed, if it did
   */
  record Standing(Optional<Ticket> ticket, Optional<LoginFault> fault) {
    boolean valid(Instant now) {
      return ticket.filter(t -> now.isBefore(t.until())).isPresent();
    }
  }

  LoginKeeper(Credentials credentials, Clock clock) {
    this.credentials = credentials;
    this.clock = clock;
  }

  Standing now() {
    return standing;
  }

  /** Logs in if it is time; to be called about every second. Blocks while the KDC is silent. */
  void step() {
    String stamp = credentials.stamp();
    if (!stamp.equals(tried) || !clock.instant().isBefore(due)) {
      tried = stamp;
      attempt();
    }
  }

  private void attempt() {
    try {
      Ticket ticket = credentials.logIn();
      Instant now = clock.instant();
      LOG.info("event=kerberos.login principal={} until={}", ticket.principal(), ticket.until());
      failures = 0;
      due = now.plus(untilRenewal(now, ticket));
      standing = new Standing(Optional.of(ticket), Optional.empty());
    } catch (LoginFault e) {
      failures++;
      due = clock.instant().plus(pause(e));
      tell(e);
      standing = new Standing(standing.ticket(), Optional.of(e));
    }
  }

  private static Duration untilRenewal(Instant now, Ticket ticket) {
    Duration most = Duration.between(now, ticket.until()).multipliedBy(4).dividedBy(5);
    return most.compareTo(FIRST_PAUSE) > 0 ? most : FIRST_PAUSE;
  }

  private Duration pause(LoginFault fault) {
    Duration first = fault.refused() ? FIRST_PAUSE_REFUSED : FIRST_PAUSE;
    Duration longest = fault.refused() ? LONGEST_PAUSE_REFUSED : LONGEST_PAUSE;
    Duration pause = first.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS));
    return pause.compareTo(longest) < 0 ? pause : longest;
  }

  private void tell(LoginFault fault) {
    boolean repeated =
        standing.fault().filter(f -> f.getMessage().equals(fault.getMessage())).isPresent();
    if (!repeated) {
      LOG.warn(
          "event=kerberos.login-failed reason=\"{}\" ticket-until={} next=\"{}\"",
          fault.getMessage(),
          standing.ticket().map(t -> t.until().toString()).orElse("never-had-one"),
          next(fault));
    }
  }

  /** What happens next, in words that stay the same from try to try. */
  static String next(LoginFault fault) {
    return fault.refused()
        ? "tried again when the keytab changes, otherwise only every "
            + LONGEST_PAUSE_REFUSED.toMinutes()
            + " minutes in the end, since many a KDC locks an account after some wrong keys"
        : "tried again when the keytab changes, at the latest after "
            + LONGEST_PAUSE.toSeconds()
            + " s";
  }
}
