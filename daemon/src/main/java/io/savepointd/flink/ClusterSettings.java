package io.savepointd.flink;

import io.savepointd.model.ClusterName;
import java.net.URI;
import java.time.Duration;

/**
 * How to reach a cluster.
 *
 * @param rest base address of its REST API, such as {@code http://localhost:8081}
 * @param requestTimeout bound on one request
 * @param submitTimeout bound on the upload of a jar and on a submission, whose answer waits for the
 *     program's main method
 */
public record ClusterSettings(
    ClusterName name, URI rest, Duration requestTimeout, Duration submitTimeout) {}
