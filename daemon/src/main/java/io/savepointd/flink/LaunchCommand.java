package io.savepointd.flink;

import io.savepointd.model.Job;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes {@code flink run} for one submission, from options that Flink has had from 1.18 to 2.3.
 * Pure.
 */
final class LaunchCommand {
  /** PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID, which every executor heeds. */
  private static final String RUN_ID = "$internal.pipeline.job-id";

  private LaunchCommand() {}

  /**
   * The script and its arguments, none of which is meant for a shell.
   *
   * @param base where the cluster's REST API is at this moment
   * @param jar the one that is read, whatever the job's own path holds by then
   */
  static List<String> of(Path script, URI base, Path jar, Submission submission) {
    Job job = submission.job();
    List<String> command =
        new ArrayList<>(List.of(script.toString(), "run", "--detached", "--target", "remote"));
    settings(base, submission)
        .forEach((key, value) -> command.addAll(List.of("-D", key + "=" + value)));
    job.parallelism().ifPresent(p -> command.addAll(List.of("--parallelism", "" + p)));
    job.entryClass().ifPresent(entry -> command.addAll(List.of("--class", entry)));
    submission
        .restorePath()
        .ifPresent(
            path -> {
              command.addAll(List.of("--fromSavepoint", path));
              // "claimMode" is its newer name, unknown to 1.18 and 1.19.
              command.addAll(List.of("--restoreMode", "NO_CLAIM"));
              if (submission.allowNonRestoredState()) {
                command.add("--allowNonRestoredState");
              }
            });
    command.add(jar.toString());
    command.addAll(job.args());
    return List.copyOf(command);
  }

  /** Of a key that comes twice the last one counts: whose run it is, and where, is ours to say. */
  private static Map<String, String> settings(URI base, Submission submission) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("pipeline.name", submission.job().runName());
    settings.putAll(submission.job().flinkConfiguration());
    settings.put("rest.address", base.getHost().replaceAll("^\\[|]$", ""));
    settings.put("rest.port", "" + (base.getPort() < 0 ? 80 : base.getPort()));
    // The distribution may be set up to look for a leader of its own.
    settings.put("high-availability.type", "NONE");
    settings.put(RUN_ID, submission.run().value());
    return settings;
  }
}
