package io.savepointd.flink;

import io.savepointd.flink.JarStore.JarRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Starts a run through {@code /jars}: makes sure that the cluster holds the jar, asks for the run
 * under its id, and reads from the answer what became of it. In doubt that is {@link
 * SubmitOutcome.Unknown}.
 */
final class Submitter implements Launcher {
  private final Rest rest;
  private final JarStore jars;
  private final Duration timeout;

  Submitter(Rest rest, JarStore jars, Duration timeout) {
    this.rest = rest;
    this.jars = jars;
    this.timeout = timeout;
  }

  @Override
  public SubmitOutcome submit(Submission submission) {
    Optional<String> unusable = inspect(submission);
    if (unusable.isPresent()) {
      return new SubmitOutcome.JarUnusable(unusable.get());
    }
    try {
      Optional<String> held = jars.find(submission.jarDigest());
      if (held.isPresent()) {
        Reply reply = run(held.get(), submission);
        if (!jarIsGone(reply)) {
          return judge(reply, submission);
        }
      }
      return uploadAndRun(submission);
    } catch (JarRefused e) {
      return new SubmitOutcome.Refused(e.getMessage());
    } catch (IOException e) {
      return new SubmitOutcome.Unknown(String.valueOf(e.getMessage()));
    }
  }

  private SubmitOutcome uploadAndRun(Submission submission) throws IOException {
    String id = jars.upload(submission.job().jar(), submission.jarDigest());
    Optional<String> changed = inspect(submission);
    if (changed.isPresent()) {
      // Replaced while it was read: what lies there now isn't what its name promises.
      jars.remove(id);
      return new SubmitOutcome.JarUnusable(changed.get());
    }
    return judge(run(id, submission), submission);
  }

  private Reply run(String jarId, Submission submission) throws ClusterUnavailable {
    return rest.post("/jars/" + jarId + "/run", Bodies.run(submission), timeout);
  }

  /** What is wrong with the jar on this machine, if anything is. */
  private static Optional<String> inspect(Submission submission) {
    Path jar = submission.job().jar();
    try {
      String digest = JarDigest.of(jar);
      return digest.equals(submission.jarDigest())
          ? Optional.empty()
          : Optional.of(
              jar + " has SHA-256 " + digest + ", not the announced " + submission.jarDigest());
    } catch (IOException e) {
      return Optional.of(jar + " can't be read: " + e);
    }
  }

  private static boolean jarIsGone(Reply reply) {
    return !reply.ok()
        && reply.error().mentions("Jar file ")
        && reply.error().mentions(" does not exist");
  }

  private static SubmitOutcome judge(Reply reply, Submission submission) throws ClusterUnavailable {
    if (reply.ok()) {
      return judgeSuccess(reply.json(), reply, submission);
    }
    FlinkError error = reply.error();
    if (SubmitTexts.duplicate(error.text())) {
      return new SubmitOutcome.Duplicate();
    }
    if (SubmitTexts.clusterTrouble(error.text())) {
      return new SubmitOutcome.Unknown(reply.refused());
    }
    // A program that can't even be loaded is answered with 500, and so is much else. The second is
    // what PackagedProgram says of a main class that needs one which the cluster hasn't got.
    boolean badProgram =
        error.mentions("ProgramInvocationException")
            || error.mentions("Could not look up the main(String[]) method")
            || jarIsGone(reply);
    return reply.refusedByFlink() || badProgram
        ? new SubmitOutcome.Refused(error.reason())
        : new SubmitOutcome.Unknown(reply.refused());
  }

  private static SubmitOutcome judgeSuccess(JsonNode answer, Reply reply, Submission submission) {
    String run = answer.path("jobid").asString("");
    return run.equals(submission.run().value())
        ? new SubmitOutcome.Accepted()
        : new SubmitOutcome.Unknown(
            reply.asked()
                + ": answered for run '"
                + reply.discretion().in(run)
                + "', not for "
                + submission.run());
  }
}
