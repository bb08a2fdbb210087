/**
 * Flink, HDFS and a line source in one process, for the demo; it imports nothing of the daemon,
 * which talks to it over REST and {@code hdfs:} alone.
 */
package io.savepointd.embedded;
