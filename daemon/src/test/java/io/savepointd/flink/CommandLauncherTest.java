package io.savepointd.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.model.ClusterName;
import io.savepointd.model.Job;
import io.savepointd.model.JobName;
import io.savepointd.model.RunId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a script in the place of {@code bin/flink} is given, and what is made of its ways to end.
 */
@Timeout(60)
class CommandLauncherTest {
  private static final RunId RUN = new RunId("0".repeat(31) + "1");
  private static final Duration LONG = Duration.ofSeconds(40);
  private static final String SAYS_SO = "echo Job has been submitted with JobID " + RUN + "\n";

  @TempDir Path directory;
  private final RunningCommands commands = new RunningCommands();
  private Path jar;
  private String digest;

  @BeforeEach
  void write() throws IOException {
    jar = Files.writeString(directory.resolve("my job.jar"), "the jar's content");
    digest = JarDigest.of(jar);
  }

  @AfterEach
  void endAll() {
    commands.close();
  }

  @Test
  void givesEachArgumentAsItIsAndOnlyOurSettingsTheLastWord() throws IOException {
    Path args = directory.resolve("args");
    script("for arg in \"$@\"; do echo \"$arg\" >> '" + args + "'; done\n" + SAYS_SO);

    SubmitOutcome outcome =
        submit(
            submission(
                Optional.of("hdfs:/s p"),
                List.of("--a", "$HOME b;c", "-D", "x=y", "*"),
                Map.of("a.b", "c d=e", "rest.port", "9")),
            LONG);

    assertThat(outcome).isEqualTo(new SubmitOutcome.Accepted());
    List<String> given = Files.readAllLines(args);
    assertThat(given)
        .startsWith("run", "--detached", "--target", "remote")
        .containsSequence("-D", "pipeline.name=averaging")
        .containsSequence("-D", "a.b=c d=e")
        .containsSequence("-D", "rest.address=jm.example.org")
        .containsSequence("-D", "rest.port=8081")
        .containsSequence("-D", "$internal.pipeline.job-id=" + RUN)
        .containsSequence("--fromSavepoint", "hdfs:/s p", "--restoreMode", "NO_CLAIM")
        .contains("--allowNonRestoredState")
        .containsSequence("--parallelism", "3", "--class", "a.Main")
        .doesNotContain("rest.port=9");
    assertThat(given.subList(given.size() - 5, given.size()))
        .containsExactly("--a", "$HOME b;c", "-D", "x=y", "*");
  }

  @Test
  void saysNothingOfRestoringToRunThatStartsEmpty() throws IOException {
    Path args = directory.resolve("args");
    script("echo \"$@\" > '" + args + "'\n" + SAYS_SO);

    submit(submission(Optional.empty(), List.of(), Map.of()), LONG);

    assertThat(Files.readString(args))
        .doesNotContain("Savepoint")
        .doesNotContain("restoreMode")
        .doesNotContain("allowNonRestoredState");
  }

  @Test
  void passesOnNothingOfOursAndLeavesNothingBehind() throws IOException {
    Path seen = directory.resolve("seen");
    script("{ pwd; env; cat; } > '" + seen + "'; echo x > left; " + SAYS_SO);

    assertThat(submit()).isEqualTo(new SubmitOutcome.Accepted());

    List<String> lines = Files.readAllLines(seen);
    assertThat(Path.of(lines.get(0))).doesNotExist();
    assertThat(lines)
        .contains("FLINK_CONF_DIR=" + directory.resolve("conf"))
        .anyMatch(line -> line.startsWith("JAVA_HOME=/"))
        .noneMatch(line -> line.matches("(SAVEPOINTD|JAVA_TOOL|JDK_JAVA|NOTIFY|MAVEN).*"));
  }

  @Test
  void runsTheContentThatWasAnnouncedOrNothing() throws IOException {
    Path ran = directory.resolve("ran");
    script("touch '" + ran + "'\n" + SAYS_SO);
    Files.writeString(jar, "something else");

    assertThat(submit())
        .isInstanceOfSatisfying(
            SubmitOutcome.JarUnusable.class,
            unusable -> assertThat(unusable.reason()).contains(jar.toString(), digest));
    Files.delete(jar);
    assertThat(submit()).isInstanceOf(SubmitOutcome.JarUnusable.class);
    assertThat(ran).doesNotExist();
  }

  @Test
  void startsNothingThatWouldShowASecret() throws IOException {
    Path ran = directory.resolve("ran");
    script("touch '" + ran + "'\n" + SAYS_SO);

    assertThat(
            submit(submission(Optional.empty(), List.of("--password", "hunter22"), Map.of()), LONG))
        .isInstanceOfSatisfying(
            SubmitOutcome.NotSent.class,
            never ->
                assertThat(never.reason())
                    .contains(
                        "its args hold a secret",
                        "`savepointd stop averaging`",
                        "`savepointd start averaging`")
                    .doesNotContain("hunter22"));
    assertThat(
            submit(
                submission(Optional.empty(), List.of(), Map.of("s3.secret-key", "hunter22")), LONG))
        .isInstanceOfSatisfying(
            SubmitOutcome.NotSent.class,
            never -> assertThat(never.reason()).contains("flink-configuration holds"));
    assertThat(ran).doesNotExist();
  }

  @Test
  void endsACommandWithItsChildrenAtTheDeadlineAndKnowsNothing() throws IOException {
    Path pid = directory.resolve("pid");
    script("sleep 1000 &\necho $! > '" + pid + ".new'\nmv '" + pid + ".new' '" + pid + "'\nwait");

    SubmitOutcome outcome =
        submit(submission(Optional.empty(), List.of(), Map.of()), Duration.ofSeconds(3));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            SubmitOutcome.Unknown.class,
            unknown -> assertThat(unknown.reason()).contains("ended after 3 s"));
    assertThat(alive(pid)).isFalse();
  }

  @Test
  void endsTheChildrenOfACommandThatHasEndedByItself() throws IOException {
    Path pid = directory.resolve("pid");
    script("sleep 1000 > /dev/null 2>&1 &\necho $! > '" + pid + "'\nsleep 1\n" + SAYS_SO);

    assertThat(submit()).isEqualTo(new SubmitOutcome.Accepted());

    assertThat(alive(pid)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void endsARunningCommandWhenNobodyWaitsForItAnyMore(boolean forGood) throws Exception {
    Path pid = directory.resolve("pid");
    // Opening a named pipe waits for its other end, so the test goes on once the command runs.
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    script("sleep 1000 &\necho $! > '" + pid + "'\necho x > '" + pipe + "'\nwait");
    CompletableFuture<SubmitOutcome> outcome = CompletableFuture.supplyAsync(this::submit);
    assertThat(Files.readString(pipe)).isEqualTo("x\n");

    if (forGood) {
      commands.close();
    } else {
      commands.end();
    }

    assertThat(outcome.get(30, TimeUnit.SECONDS)).isInstanceOf(SubmitOutcome.Unknown.class);
    assertThat(alive(pid)).isFalse();
    script(SAYS_SO);
    assertThat(submit())
        .isInstanceOf(forGood ? SubmitOutcome.Unknown.class : SubmitOutcome.Accepted.class);
  }

  @Test
  void startsNothingThatWasBeingPreparedWhenAllWereEnded() throws IOException {
    long round = commands.round();
    commands.end();

    assertThat(commands.start(new ProcessBuilder("true"), "late", round)).isEmpty();
  }

  private static boolean alive(Path pid) throws IOException {
    long child = Long.parseLong(Files.readString(pid).strip());
    return ProcessHandle.of(child).filter(ProcessHandle::isAlive).isPresent();
  }

  @Test
  void keepsTheEndOfALongOutput() throws IOException {
    script(
        """
        head -c 3000000 /dev/zero | tr '\\0' x
        echo; echo ' The program finished with the following exception:' >&2
        echo 'a.b.Bad: argument' >&2; exit 1
        """);

    assertThat(submit()).isEqualTo(new SubmitOutcome.Refused("Bad: argument"));
  }

  @Test
  void knowsThatNothingWasSentWhenTheCommandIsNotThere() {
    assertThat(submit())
        .isInstanceOfSatisfying(
            SubmitOutcome.NotSent.class,
            never -> {
              assertThat(never.reason()).contains("bin/flink");
              assertThat(StartFault.of(never.reason())).isEqualTo(new StartFault.NotLaunched());
            });
  }

  private void script(String body) throws IOException {
    Path script = Files.createDirectories(directory.resolve("bin")).resolve("flink");
    Files.writeString(script, "#!/bin/sh\n" + body);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private SubmitOutcome submit() {
    return submit(submission(Optional.empty(), List.of(), Map.of()), LONG);
  }

  private SubmitOutcome submit(Submission submission, Duration deadline) {
    return new CommandLauncher(
            new LaunchSettings.CommandLine(directory),
            Whereabouts.fixed(URI.create("http://jm.example.org:8081")),
            commands,
            deadline)
        .submit(submission);
  }

  private Submission submission(
      Optional<String> restorePath, List<String> args, Map<String, String> configuration) {
    Job job =
        new Job(
            new JobName("averaging"),
            new ClusterName("main"),
            "averaging",
            jar,
            Optional.of("a.Main"),
            args,
            OptionalInt.of(3),
            configuration);
    return new Submission(RUN, job, digest, restorePath, true);
  }
}
