package io.savepointd.flink;

/**
 * What a cluster says of itself.
 *
 * @param flinkVersion such as {@code 2.3.0}
 * @param slotsTotal task slots of all registered TaskManagers
 * @param slotsAvailable those of them that are free
 */
public record ClusterFacts(
    String flinkVersion, int taskManagers, int slotsTotal, int slotsAvailable) {}
