package io.savepointd.storage;

import java.util.Optional;

/**
 * Where savepoints and the ledger lie.
 *
 * @param root a URI with a scheme ({@code hdfs://namenode:9000/flink-savepoints}, {@code
 *     file:///…}); left out: the cluster's own savepoint directory
 */
public record StorageSettings(Optional<String> root) {}
