package io.savepointd.flink;

import io.savepointd.model.ClusterName;
import java.net.URI;
import java.time.Duration;

/**
 * How to reach a cluster.
 *
 * @param launch how its runs are started
 * @param requestTimeout bound on one request
 * @param submitTimeout bound on the upload of a jar and on a submission, whose answer waits for the
 *     program's main method; on the whole command where that starts runs
 */
public record ClusterSettings(
    ClusterName name,
    LocationSettings location,
    TransportSettings transport,
    LaunchSettings launch,
    Duration requestTimeout,
    Duration submitTimeout) {

  /** One whose runs are started through {@code /jars}. */
  public ClusterSettings(
      ClusterName name,
      LocationSettings location,
      TransportSettings transport,
      Duration requestTimeout,
      Duration submitTimeout) {
    this(name, location, transport, LaunchSettings.THROUGH_JARS, requestTimeout, submitTimeout);
  }

  /** One at a fixed address, with nothing special on the way to it. */
  public ClusterSettings(
      ClusterName name, URI rest, Duration requestTimeout, Duration submitTimeout) {
    this(
        name,
        new LocationSettings.Fixed(rest),
        TransportSettings.PLAIN,
        requestTimeout,
        submitTimeout);
  }
}
