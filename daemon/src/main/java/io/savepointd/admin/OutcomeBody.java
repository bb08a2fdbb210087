package io.savepointd.admin;

import io.savepointd.supervise.Answer;

/**
 * What became of a request for one job.
 *
 * @param result {@code done}, {@code failed}, {@code refused} or {@code unreachable}
 */
public record OutcomeBody(String job, String result, String message) {
  /** From a lane's answer. */
  public static OutcomeBody of(String job, Answer answer) {
    String result =
        answer instanceof Answer.Done
            ? "done"
            : answer instanceof Answer.Failed
                ? "failed"
                : answer instanceof Answer.Refused ? "refused" : "unreachable";
    return new OutcomeBody(job, result, answer.message());
  }
}
