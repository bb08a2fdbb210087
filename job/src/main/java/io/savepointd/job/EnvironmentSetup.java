package io.savepointd.job;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Sets what the program itself decides: checkpoints, parallelism, and a name where none was given.
 * The restart strategy is left to the cluster.
 */
final class EnvironmentSetup {
  static final String DEFAULT_NAME = "averaging";
  static final int MAX_PARALLELISM = 128;

  private EnvironmentSetup() {}

  static void apply(StreamExecutionEnvironment env, JobSettings settings) {
    Configuration configuration = checkpoints();
    if (env.getConfiguration().getOptional(PipelineOptions.NAME).isEmpty()) {
      configuration.set(PipelineOptions.NAME, DEFAULT_NAME);
    }
    env.configure(configuration);
    // Fixed, since a savepoint can't be restored under another one.
    env.setMaxParallelism(MAX_PARALLELISM);
    settings.parallelism().ifPresent(env::setParallelism);
  }

  private static Configuration checkpoints() {
    return new Configuration()
        .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(1000))
        .set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE)
        .set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofSeconds(60))
        .set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, Duration.ofMillis(500))
        .set(CheckpointingOptions.MAX_CONCURRENT_CHECKPOINTS, 2)
        .set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, Integer.MAX_VALUE)
        // With it on, a stop with drain makes Flink trigger a checkpoint beside the savepoint as
        // soon as two may run at once. Where that completes first, StreamTask takes no notice of
        // the savepoint's completion (its id is the lower one) and the run never ends (seen on
        // 2.3.0; 1.20.5 has the same code). Nothing here waits for a last checkpoint.
        .set(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH, false);
  }
}
