package io.savepointd.job;

/** What the arguments ask for. */
sealed interface Invocation {
  /** Print the usage, submit nothing. */
  record Help() implements Invocation {}

  /** Submit the job. */
  record Submit(JobSettings settings) implements Invocation {}
}
