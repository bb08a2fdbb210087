package io.savepointd.flink;

import io.savepointd.model.Job;
import io.savepointd.model.SavepointFormat;
import io.savepointd.model.TriggerId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Builds request bodies from fields that every Flink since 1.18 knows: 1.18 and 1.19 refuse unknown
 * fields, later versions silently ignore them.
 */
final class Bodies {
  private static final String PIPELINE_NAME = "pipeline.name";

  private Bodies() {}

  /** For {@code POST /jars/:id/run}. */
  static JsonNode run(Submission submission) {
    Job job = submission.job();
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.put("jobId", submission.run().value());
    job.entryClass().ifPresent(entry -> body.put("entryClass", entry));
    // Not "programArgs": 2.x drops that, and the program starts without its arguments.
    ArrayNode args = body.putArray("programArgsList");
    job.args().forEach(args::add);
    job.parallelism().ifPresent(parallelism -> body.put("parallelism", parallelism));
    submission
        .restorePath()
        .ifPresent(
            path -> {
              body.put("savepointPath", path);
              body.put("allowNonRestoredState", submission.allowNonRestoredState());
              // "claimMode" is its newer name, unknown to 1.18 and 1.19.
              body.put("restoreMode", "NO_CLAIM");
            });
    ObjectNode configuration = body.putObject("flinkConfiguration");
    configuration.put(PIPELINE_NAME, job.runName());
    job.flinkConfiguration().forEach(configuration::put);
    return body;
  }

  /** For {@code POST /jobs/:id/savepoints}. */
  static JsonNode savepoint(TriggerId trigger, String directory, SavepointFormat format) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.put("target-directory", directory);
    body.put("cancel-job", false);
    body.put("formatType", format.name());
    body.put("triggerId", trigger.value());
    return body;
  }

  /**
   * For {@code POST /jobs/:id/stop}. Without draining, so that timers and windows go on from the
   * savepoint; and a drain beside a second checkpoint can leave a run hanging.
   */
  static JsonNode stop(TriggerId trigger, String directory, SavepointFormat format) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.put("targetDirectory", directory);
    body.put("drain", false);
    body.put("formatType", format.name());
    body.put("triggerId", trigger.value());
    return body;
  }
}
