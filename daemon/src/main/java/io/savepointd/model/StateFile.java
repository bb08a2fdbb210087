package io.savepointd.model;

/**
 * A file that a savepoint's state lies in.
 *
 * @param path relative to the savepoint's directory, or an absolute URI
 * @param bytes the length it must have, or at least have where it isn't {@code exact} (several
 *     handles may point into one file)
 */
public record StateFile(String path, long bytes, boolean exact) {}
