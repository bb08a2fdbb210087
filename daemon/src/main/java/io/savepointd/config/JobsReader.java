package io.savepointd.config;

import io.savepointd.model.Job;
import io.savepointd.model.JobName;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code jobs}, and what must hold between them. */
final class JobsReader {
  private JobsReader() {}

  /** Those without a fault, in the order of the file. */
  static Map<JobName, JobSettings> readAll(Map<String, Section> sections, JobReader reader) {
    Map<JobName, JobSettings> jobs = new LinkedHashMap<>();
    sections.forEach(
        (name, section) ->
            reader.read(name, section).ifPresent(job -> jobs.put(job.job().name(), job)));
    refuseTwins(jobs, sections);
    return jobs;
  }

  /** A run is known for a job's by its name: two jobs would take each other's. */
  private static void refuseTwins(Map<JobName, JobSettings> jobs, Map<String, Section> sections) {
    Map<List<String>, JobName> seen = new HashMap<>();
    for (JobSettings settings : jobs.values()) {
      Job job = settings.job();
      JobName twin = seen.putIfAbsent(List.of(job.cluster().value(), job.runName()), job.name());
      if (twin != null) {
        sections
            .get(job.name().value())
            .fault(
                "run-name",
                "job '%s' on cluster '%s' has the run name '%s' already"
                    .formatted(twin, job.cluster(), job.runName()));
      }
    }
  }
}
