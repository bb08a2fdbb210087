package io.savepointd.flink;

import java.util.List;

/** What tells of a submission's fate in the stack traces of Flink, from 1.18 to 2.3. */
final class SubmitTexts {
  private static final List<String> DUPLICATE =
      List.of("DuplicateJobSubmissionException", "DuplicateApplicationSubmissionException");

  /**
   * Exceptions that tell of the cluster's trouble and not of the run's: behind any of them the
   * submission may have got through. Flink's {@code JarRunHandler} wraps them in a 400 like an
   * error of the program.
   */
  private static final List<String> CLUSTER_TROUBLE =
      List.of(
          "AskTimeoutException",
          "RpcTimeoutException",
          // The message of PekkoInvocationHandler's TimeoutException.
          "Invocation of [",
          "RpcConnectionException",
          "RecipientUnreachableException",
          "EndpointNotStartedException",
          "FencingTokenException",
          "LeaderRetrievalException",
          // ZooKeeper's: whether the run was written to the store of high availability is open.
          "KeeperException");

  private SubmitTexts() {}

  /** Whether the cluster has had a run of that id before. */
  static boolean duplicate(String text) {
    return DUPLICATE.stream().anyMatch(text::contains);
  }

  /** Whether the submission may have got through all the same. */
  static boolean clusterTrouble(String text) {
    return CLUSTER_TROUBLE.stream().anyMatch(text::contains);
  }
}
