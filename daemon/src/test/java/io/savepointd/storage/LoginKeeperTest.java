package io.savepointd.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.security.auth.login.LoginException;
import org.junit.jupiter.api.Test;

class LoginKeeperTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration DAY = Duration.ofHours(10);

  private final SteppedClock clock = new SteppedClock();
  private final FakeCredentials credentials = new FakeCredentials();
  private final LoginKeeper keeper = new LoginKeeper(credentials, clock);

  private static final class SteppedClock extends Clock {
    private Instant now = START;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("instants only");
    }
  }

  /** Gives tickets of ten hours, or fails with {@code fault}. */
  private final class FakeCredentials implements Credentials {
    private final List<Instant> tries = new ArrayList<>();
    private String stamp = "one";
    private Optional<LoginFault> fault = Optional.empty();

    @Override
    public String stamp() {
      return stamp;
    }

    @Override
    public Ticket logIn() throws LoginFault {
      tries.add(clock.now);
      if (fault.isPresent()) {
        throw fault.get();
      }
      return new Ticket("savepointd@EXAMPLE.ORG", clock.now.plus(DAY));
    }
  }

  private void pass(Duration time) {
    Instant end = clock.now.plus(time);
    while (clock.now.isBefore(end)) {
      clock.now = clock.now.plusSeconds(1);
      keeper.step();
    }
  }

  private List<Long> secondsBetweenTries() {
    List<Long> pauses = new ArrayList<>();
    for (int i = 1; i < credentials.tries.size(); i++) {
      pauses.add(
          Duration.between(credentials.tries.get(i - 1), credentials.tries.get(i)).toSeconds());
    }
    return pauses;
  }

  private static LoginFault wrongKey() {
    return LoginFault.of(
        "no login", new LoginException("Pre-authentication information was invalid (24)"));
  }

  @Test
  void renewsEachTicketAfterFourFifthsOfItsLife() {
    keeper.step();
    pass(Duration.ofDays(3));

    assertThat(secondsBetweenTries()).hasSize(9).containsOnly(8 * 3600L);
    assertThat(keeper.now().valid(clock.now)).isTrue();
    assertThat(keeper.now().fault()).isEmpty();
  }

  @Test
  void triesAgainMoreAndMoreSeldomWhileNobodyAnswers() {
    credentials.fault = Optional.of(LoginFault.here("the KDC can't be reached"));
    keeper.step();
    pass(Duration.ofMinutes(5));

    assertThat(secondsBetweenTries()).startsWith(1L, 2L, 4L, 8L, 15L, 15L).allMatch(s -> s <= 15);
  }

  @Test
  void offersAWrongKeyFarLessOften() {
    credentials.fault = Optional.of(wrongKey());
    keeper.step();
    pass(Duration.ofHours(1));

    assertThat(secondsBetweenTries()).startsWith(30L, 60L, 120L, 240L, 480L, 600L, 600L);
  }

  @Test
  void triesAtOnceWhenTheKeytabHasChanged() {
    credentials.fault = Optional.of(wrongKey());
    keeper.step();
    credentials.fault = Optional.empty();
    credentials.stamp = "two";
    pass(Duration.ofSeconds(1));

    assertThat(secondsBetweenTries()).containsExactly(1L);
    assertThat(keeper.now().valid(clock.now)).isTrue();
    assertThat(keeper.now().fault()).isEmpty();
  }

  @Test
  void takesUpANewKeytabBeforeTheOldTicketEnds() {
    keeper.step();
    credentials.stamp = "two";
    pass(Duration.ofSeconds(5));

    assertThat(secondsBetweenTries()).containsExactly(1L);
  }

  @Test
  void livesOnItsTicketWhileTheRenewalFails() {
    keeper.step();
    credentials.fault = Optional.of(LoginFault.here("the KDC can't be reached"));
    pass(DAY.minusMinutes(1));

    assertThat(keeper.now().fault()).isPresent();
    assertThat(keeper.now().valid(clock.now)).isTrue();

    pass(Duration.ofMinutes(1));

    assertThat(keeper.now().valid(clock.now)).isFalse();
  }

  @Test
  void startsOverWithShortPausesAfterASuccess() {
    credentials.fault = Optional.of(LoginFault.here("the KDC can't be reached"));
    keeper.step();
    pass(Duration.ofMinutes(10));
    credentials.fault = Optional.empty();
    pass(Duration.ofMinutes(1));
    credentials.fault = Optional.of(LoginFault.here("the KDC can't be reached"));
    int before = credentials.tries.size();
    pass(DAY);

    assertThat(secondsBetweenTries().subList(before, before + 3)).containsExactly(1L, 2L, 4L);
  }
}
