/**
 * Flink as the rest sees it: clusters over REST, and what a savepoint's {@code _metadata} refers
 * to. Imports the model; it alone imports {@code org.apache.flink}.
 */
package io.savepointd.flink;
