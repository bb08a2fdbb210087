package io.savepointd.app;

import io.savepointd.flink.ClusterUnavailable;
import io.savepointd.flink.FlinkCluster;
import io.savepointd.supervise.ClusterLook;
import io.savepointd.supervise.ClusterView;
import io.savepointd.supervise.ClusterWatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cluster's one watch, which also learns which Flink it is that answers: at the first answer, at
 * the first after each outage, and every minute, since a standby may take over unnoticed. Safe for
 * several threads; the one that asks blocks for one more request.
 */
final class VersionLook implements ClusterLook {
  private static final Logger LOG = LoggerFactory.getLogger(VersionLook.class);
  static final Duration EVERY = Duration.ofMinutes(1);

  private final FlinkCluster cluster;
  private final ClusterWatch watch;
  private final FlinkVersions versions;
  private Optional<Instant> asked = Optional.empty();

  VersionLook(FlinkCluster cluster, Clock clock, FlinkVersions versions) {
    this.cluster = cluster;
    this.watch = new ClusterWatch(cluster, clock);
    this.versions = versions;
  }

  @Override
  public ClusterView look(Instant notBefore) {
    ClusterView view = watch.look(notBefore);
    if (isToBeAsked(view)) {
      ask();
    }
    return view;
  }

  /** Whoever is told so asks; the others go on meanwhile. */
  private synchronized boolean isToBeAsked(ClusterView view) {
    if (view instanceof ClusterView.Unavailable) {
      asked = Optional.empty();
      return false;
    }
    // Also where the clock was set back.
    boolean due =
        asked.filter(at -> Duration.between(at, view.at()).abs().compareTo(EVERY) < 0).isEmpty();
    if (due) {
      asked = Optional.of(view.at());
    }
    return due;
  }

  private void ask() {
    try {
      versions.seen(cluster.name(), cluster.facts().flinkVersion());
    } catch (ClusterUnavailable e) {
      LOG.debug("event=cluster.version-unknown next=\"asked again in {}\"", EVERY, e);
    }
  }
}
