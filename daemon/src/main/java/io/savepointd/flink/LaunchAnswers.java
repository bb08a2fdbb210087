package io.savepointd.flink;

import io.savepointd.model.RunId;
import java.util.List;
import java.util.Set;

/**
 * Reads what {@code flink run} printed, as {@code CliFrontend} and {@code ClientUtils} word it from
 * 1.18 to 2.3. Refused is only what says so: what went wrong on the way to the cluster may have
 * arrived there. Not sent is only what never came to be a JVM.
 */
final class LaunchAnswers {
  private static final String SUBMITTED = "Job has been submitted with JobID ";
  private static final String FAILED = "The program finished with the following exception:";
  private static final String NO_PROGRAM = "Could not build the program from JAR file";

  /** Behind these the program's own doing is over, and the run is on its way. */
  private static final List<String> ON_ITS_WAY =
      List.of("JobSubmissionException", "RestClusterClient", "org.apache.flink.runtime.rest.");

  /** The cluster itself has said no. */
  private static final List<String> SAID_NO =
      List.of("Exception on server side", "JobInitializationException");

  /** How CliFrontend ends when it can't make sense of its arguments. */
  private static final String BAD_ARGUMENTS =
      "Use the help option (-h or --help) to get help on the command.";

  /** A shell's exit codes for what can't be run, or isn't there. */
  private static final Set<Integer> NOT_RUN = Set.of(126, 127);

  /** More than a shell says of it; a program that has run may have said anything. */
  private static final int SHELL_WORDS = 4096;

  private static final int LAST_WORDS = 500;

  private LaunchAnswers() {}

  static SubmitOutcome outcome(int code, String output, RunId run) {
    if (output.contains(SUBMITTED + run)) {
      // Said once the cluster has it. What follows is the program's own end, or an end made of it.
      return new SubmitOutcome.Accepted();
    }
    if (code == 0) {
      return unknown("ended without naming the run", output);
    }
    if (SubmitTexts.duplicate(output)) {
      return new SubmitOutcome.Duplicate();
    }
    if (NOT_RUN.contains(code) && output.length() < SHELL_WORDS && !output.contains(SUBMITTED)) {
      return new SubmitOutcome.NotSent(
          StartFaultTexts.NOT_LAUNCHED + ": exit code " + code + lastWords(output));
    }
    String told = told(output);
    if (output.strip().endsWith(BAD_ARGUMENTS) && !output.contains(FAILED)) {
      return new SubmitOutcome.Refused(
          "flink run ended with exit code " + code + lastWords(output));
    }
    if (told.isEmpty()) {
      return unknown("ended with exit code " + code, output);
    }
    boolean open = ON_ITS_WAY.stream().anyMatch(told::contains);
    boolean no = SAID_NO.stream().anyMatch(told::contains);
    return SubmitTexts.clusterTrouble(told) || (open && !no)
        ? new SubmitOutcome.Unknown("flink run: " + StackTraceText.reason(told))
        : new SubmitOutcome.Refused(StackTraceText.reason(told));
  }

  /** The stack trace, without what the program and the JVM have printed before. */
  private static String told(String output) {
    int failed = output.indexOf(FAILED);
    if (failed >= 0) {
      return output.substring(failed + FAILED.length());
    }
    int none = output.indexOf(NO_PROGRAM);
    return none >= 0 ? output.substring(none) : "";
  }

  private static SubmitOutcome unknown(String what, String output) {
    return new SubmitOutcome.Unknown("flink run " + what + lastWords(output));
  }

  private static String lastWords(String output) {
    String words = output.strip().replaceAll("\\s+", " ");
    String last = words.substring(Math.max(0, words.length() - LAST_WORDS));
    return last.isEmpty() ? "" : "; its last words: " + last;
  }
}
