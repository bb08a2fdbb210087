package io.savepointd.job;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The entry class: averages longs by key, from a socket or from a sequence that can be replayed.
 */
public final class AveragingJob {
  private AveragingJob() {}

  /**
   * Submits the job, or prints the usage and submits nothing when asked for help.
   *
   * @throws ArgumentException for arguments that are unknown or malformed; nothing is submitted
   */
  public static void main(String[] args) throws Exception {
    Invocation invocation = Arguments.parse(args);
    if (invocation instanceof Invocation.Submit submit) {
      submit(submit.settings());
    } else {
      System.out.println(Usage.TEXT);
    }
  }

  private static void submit(JobSettings settings) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    EnvironmentSetup.apply(env, settings);
    Topology.build(env, settings);
    // Without a name here, so that pipeline.name given with the submission is the one that counts.
    env.execute();
  }
}
