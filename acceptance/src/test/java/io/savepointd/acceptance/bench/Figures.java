package io.savepointd.acceptance.bench;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Some measurements of one thing. */
public record Figures(List<Duration> all) {

  public Figures {
    all = all.stream().sorted().toList();
  }

  /** The middle one; of an even number the worse of the two. */
  public Duration median() {
    return all.get(all.size() / 2);
  }

  @Override
  public String toString() {
    return all.stream()
        .map(each -> each.toMillis() + "")
        .collect(Collectors.joining(", ", "median " + median().toMillis() + " ms of ", " ms"));
  }
}
