/** The averaging job: one jar for every supported Flink; imports Flink and the JDK only. */
package io.savepointd.job;
