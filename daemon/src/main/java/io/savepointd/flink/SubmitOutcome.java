package io.savepointd.flink;

/** What the cluster made of a submission. */
public sealed interface SubmitOutcome {
  /** The cluster took it. */
  record Accepted() implements SubmitOutcome {}

  /** The cluster has had this run id before: whatever became of that run is its outcome. */
  record Duplicate() implements SubmitOutcome {}

  /**
   * The cluster refused it for good; the id is burnt.
   *
   * @param reason in Flink's words, first lines only
   */
  record Refused(String reason) implements SubmitOutcome {}

  /** The jar can't be read or its content isn't the announced one: nothing was sent. */
  record JarUnusable(String reason) implements SubmitOutcome {}

  /**
   * Nothing was sent, and nothing will be until somebody changes that; if {@link StartFault} says
   * so, no fault of the job's.
   *
   * @param reason what lies in the way, with the remedy
   */
  record NotSent(String reason) implements SubmitOutcome {}

  /** The answer was lost: the same submission must be asked about or sent again under its id. */
  record Unknown(String reason) implements SubmitOutcome {}
}
