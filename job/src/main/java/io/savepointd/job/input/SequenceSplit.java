package io.savepointd.job.input;

import org.apache.flink.api.connector.source.SourceSplit;

/**
 * The whole sequence.
 *
 * @param next the number to emit next, so that a restored run goes on exactly there
 */
record SequenceSplit(long next) implements SourceSplit {
  @Override
  public String splitId() {
    return "sequence";
  }
}
