package io.savepointd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code savepointd config show}, and what it and check-config say of secrets. */
class ConfigShowTest {
  @TempDir private Path directory;
  private Path config;

  @BeforeEach
  void configure() throws IOException {
    config = CommandLineCall.config(directory);
    Files.writeString(
        config,
        Files.readString(config)
            + """
            savepointd.jobs.other {
              jar = "%s/job.jar"
              args = ["--password", "hunter2"]
            }
            """
                .formatted(directory));
    Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-r--r--"));
  }

  private CommandLineCall show(String... args) {
    String[] all = new String[args.length + 4];
    all[0] = "config";
    all[1] = "show";
    all[2] = "--config";
    all[3] = config.toString();
    System.arraycopy(args, 0, all, 4, args.length);
    return CommandLineCall.of(all);
  }

  @Test
  void printsEachKeyWithItsValueAndItsOrigin() {
    CommandLineCall call = show();

    assertThat(call.code()).isZero();
    assertThat(call.err()).isEmpty();
    assertThat(call.outLines())
        .contains(
            "savepointd.storage.root = \"file://%s/savepoints\"   # %s:2"
                .formatted(directory, config),
            "savepointd.ledger.heartbeat = \"2s\"   # default",
            "savepointd.jobs.other.args = [\"--password\",\"******\"]   # " + config + ":9")
        .allMatch(line -> line.matches("savepointd\\.[^ ]+ = .+   # .+"));
  }

  @Test
  void printsTheKeysOfOneJobAlone() {
    assertThat(show("--job", "other").outLines())
        .hasSizeGreaterThan(20)
        .allMatch(line -> line.startsWith("savepointd.jobs.other."));
    assertThat(show("--job", "nope"))
        .satisfies(call -> assertThat(call.code()).isEqualTo(2))
        .satisfies(
            call ->
                assertThat(call.err())
                    .isEqualTo(
                        "savepointd: no job 'nope' in %s; there are [averaging, other]\n"
                            .formatted(config)));
  }

  @Test
  void speaksJson() {
    JsonNode body = Asking.JSON.readTree(show("--job", "other", "--json").out());

    assertThat(body.path("file").asString()).isEqualTo(config.toString());
    assertThat(body.path("settings").valueStream())
        .hasSizeGreaterThan(20)
        .filteredOn(setting -> setting.path("key").asString().endsWith(".args"))
        .singleElement()
        .satisfies(
            args -> {
              assertThat(args.path("job").asString()).isEqualTo("other");
              assertThat(args.path("value").path(1).asString()).isEqualTo("******");
              assertThat(args.path("origin").asString()).isEqualTo(config + ":9");
              assertThat(args.path("masked").asBoolean()).isTrue();
            });
  }

  @Test
  void saysEveryFaultOfABadFileAndNothingElse() throws IOException {
    Files.writeString(config, "savepointd {\n  storage.rot = 1\n  watch.x = 1\n}\n");

    CommandLineCall call = show();

    assertThat(call.code()).isEqualTo(2);
    assertThat(call.out()).isEmpty();
    assertThat(call.err()).contains(config + ":2").contains(config + ":3");
  }

  @Test
  void checkConfigWarnsOfSecretsThatEverybodyMayRead() throws IOException {
    CommandLineCall open = CommandLineCall.with(config, "check-config");
    Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-r-----"));
    CommandLineCall closed = CommandLineCall.with(config, "check-config");

    assertThat(open.code()).isZero();
    assertThat(open.out()).contains("is good");
    assertThat(open.err())
        .isEqualTo(
            "savepointd: warning: %1$s:9: savepointd.jobs.other.args: is secret, and everybody may"
                    .formatted(config)
                + " read the file (mode 0644): chmod o= %s\n".formatted(config));
    assertThat(closed.code()).isZero();
    assertThat(closed.err()).isEmpty();
  }

  @Test
  void needsASubcommand() {
    assertThat(CommandLineCall.of("config").code()).isEqualTo(2);
    assertThat(CommandLineCall.of("config", "show", "--help").out())
        .contains("Usage: savepointd config show");
  }
}
