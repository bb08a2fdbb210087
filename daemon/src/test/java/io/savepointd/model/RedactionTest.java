package io.savepointd.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RedactionTest {
  private static Job job(List<String> args, Map<String, String> configuration) {
    return new Job(
        new JobName("averaging"),
        new ClusterName("main"),
        "averaging",
        Path.of("/job.jar"),
        Optional.empty(),
        args,
        OptionalInt.empty(),
        configuration);
  }

  private static String redact(String text, List<String> args) {
    return Redaction.of(List.of(job(args, Map.of("s3.secret-key", "key-2")))).in(text);
  }

  @Test
  void takesOutWhatTheProgramWasGiven() {
    assertThat(
            redact(
                "usage: [--password, hunter2, http://u:pass2word@h, x:tok2en, key-2]",
                List.of("--password", "hunter2", "--u=http://u:pass2word@h", "--token=tok2en")))
        .isEqualTo("usage: [--password, ******, http://******@h, x:******, ******]");
  }

  @Test
  void knowsASecretThatAnotherOneBeginsWith() {
    assertThat(redact("hunter2 hunter22", List.of("--token=hunter2", "--password=hunter22")))
        .isEqualTo("****** ******");
  }

  @Test
  void knowsTheBeginningOfASecretWhereATextWasCut() {
    assertThat(redact("given hunte…", List.of("--password", "hunter2"))).isEqualTo("given ******…");
  }

  @Test
  void leavesWhatEverythingIsFullOf() {
    assertThat(redact("a true 1", List.of("--token=true", "--password=1"))).isEqualTo("a true 1");
  }

  @Test
  void jobsDoNotTellTheirSecretsInWords() {
    Job job = job(List.of("--password", "hunter2"), Map.of("token", "hunter2", "a", "b"));

    assertThat(job.toString())
        .doesNotContain("hunter2")
        .contains("averaging", "/job.jar", "--password", "a=b");
    assertThat(Redaction.of(List.of(job)).toString()).doesNotContain("hunter2");
  }
}
