/**
 * The averaging job: one jar for every supported Flink. Imports its own {@code input} and {@code
 * results}, Flink (only what 1.20 and every 2.x share), SLF4J as Flink brings it, and the JDK.
 */
package io.savepointd.job;
