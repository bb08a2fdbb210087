package io.savepointd.model;

/** Flink's savepoint formats, by the names its REST API uses ({@code formatType}). */
public enum SavepointFormat {
  CANONICAL,
  NATIVE
}
