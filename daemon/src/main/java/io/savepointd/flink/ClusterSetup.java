package io.savepointd.flink;

import java.util.Optional;

/**
 * How a cluster is set up, as far as it matters to who submits jobs and takes savepoints.
 *
 * @param takesJars whether jars can be uploaded and run ({@code web.submit.enable})
 * @param savepointDirectory the cluster's own, whatever its version calls it
 * @param checkpointDirectory the same for checkpoints
 * @param startsTaskManagers whether it gets more slots by itself, as a session on YARN does
 * @param defaultParallelism of runs that name none
 */
public record ClusterSetup(
    boolean takesJars,
    Optional<String> savepointDirectory,
    Optional<String> checkpointDirectory,
    boolean startsTaskManagers,
    int defaultParallelism) {}
