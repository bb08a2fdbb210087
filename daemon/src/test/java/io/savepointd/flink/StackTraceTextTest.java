package io.savepointd.flink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StackTraceTextTest {
  @Test
  void keepsInnermostCausesWithoutFramesAndPackages() {
    String trace =
        """
        org.apache.flink.runtime.rest.handler.RestHandlerException: Could not execute application.
        \tat a.B.c(B.java:1)
        Caused by: java.util.concurrent.CompletionException: x.y.RuntimeException: z.Other: why
        \tat a.B.c(B.java:1)
        \t... 7 more
        Caused by: org.apache.flink.util.FlinkException: Failed to execute job 'averaging'.
        \tat a.B.c(B.java:1)
        Caused by: java.io.FileNotFoundException: Cannot find checkpoint 'hdfs:/s'.
        \tat a.B.c(B.java:1)
        """;

    assertThat(StackTraceText.reason(trace))
        .isEqualTo(
            "RuntimeException: z.Other: why; FlinkException: Failed to execute job 'averaging'.; "
                + "FileNotFoundException: Cannot find checkpoint 'hdfs:/s'.");
  }

  @Test
  void dropsWrapperThatOnlyRepeatsItsCause() {
    String trace =
        """
        a.ProgramInvocationException: The main method caused an error: no such host
        \tat a.B.c(B.java:1)
        Caused by: java.net.UnknownHostException: no such host
        """;

    assertThat(StackTraceText.reason(trace)).isEqualTo("UnknownHostException: no such host");
  }

  @Test
  void joinsLinesOfOneMessage() {
    assertThat(StackTraceText.reason("a.B: first\n  second\n\tat x.Y.z(Y.java:1)"))
        .isEqualTo("B: first second");
  }

  @Test
  void keepsClassNameThatIsAMessage() {
    assertThat(StackTraceText.reason("java.lang.ClassNotFoundException: some.user.Program"))
        .isEqualTo("ClassNotFoundException: some.user.Program");
  }

  @Test
  void keepsPlainText() {
    assertThat(StackTraceText.reason("Job could not be found."))
        .isEqualTo("Job could not be found.");
  }

  @Test
  void saysSoWhenThereIsNothing() {
    assertThat(StackTraceText.reason("  \n")).isEqualTo("no reason given");
  }

  @Test
  void shortensWhatIsTooLong() {
    assertThat(StackTraceText.reason("x".repeat(5000))).hasSizeLessThan(400);
  }
}
