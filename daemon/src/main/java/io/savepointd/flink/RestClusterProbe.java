package io.savepointd.flink;

import io.savepointd.model.ClockReading;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The probe of a cluster over its REST API. */
final class RestClusterProbe implements ClusterProbe {
  /** Of the overview's times. */
  private static final Duration MILLIS = Duration.ofMillis(1);

  /** Of HTTP's dates. */
  private static final Duration SECONDS = Duration.ofSeconds(1);

  private final Rest rest;
  private final Clock clock;

  RestClusterProbe(Rest rest, Clock clock) {
    this.rest = rest;
    this.clock = clock;
  }

  @Override
  public ClusterFacts facts() throws ClusterUnavailable {
    return Answers.facts(rest.get("/overview"));
  }

  @Override
  public List<RunSeen> runs() throws ClusterUnavailable {
    return Answers.overview(rest.get("/jobs/overview"));
  }

  @Override
  public ClusterSetup setup() throws ClusterUnavailable {
    return SetupAnswers.setup(rest.get("/config"), rest.get("/jobmanager/config"));
  }

  /**
   * Flink dates only the files of its web interface ({@code StaticFileServerHandler}); where it has
   * none, the overview gives away the time by the duration of a living run.
   */
  @Override
  public Optional<ClockReading> clock() throws ClusterUnavailable {
    Instant before = clock.instant();
    Optional<Instant> date = rest.date("/index.html");
    Instant after = clock.instant();
    if (date.isPresent()) {
      return Optional.of(new ClockReading(before, after, date.get(), SECONDS));
    }
    Instant asked = clock.instant();
    Optional<Instant> now = SetupAnswers.now(rest.get("/jobs/overview"));
    Instant answered = clock.instant();
    return now.map(theirs -> new ClockReading(asked, answered, theirs, MILLIS));
  }
}
