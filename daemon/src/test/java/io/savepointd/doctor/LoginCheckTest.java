package io.savepointd.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.storage.KerberosCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor says of Kerberos. */
class LoginCheckTest {
  private static final Instant UNTIL = Instant.parse("2026-03-01T20:00:00Z");

  @TempDir Path directory;
  private FakeWorld world;

  @BeforeEach
  void world() throws IOException {
    world = new FakeWorld(directory);
  }

  @Test
  void tellsWhoIsLetInAndForHowLong() throws IOException {
    world.login =
        new KerberosCheck.Good("savepointd@EXAMPLE.ORG", UNTIL, "a.keytab", Optional.empty());

    assertThat(verdict("kerberos"))
        .isEqualTo(
            new Verdict.Ok("savepointd@EXAMPLE.ORG until 2026-03-01T20:00:00Z, by a.keytab"));
  }

  @Test
  void warnsOfAKeytabThatOthersMayRead() throws IOException {
    world.login =
        new KerberosCheck.Good(
            "savepointd@EXAMPLE.ORG", UNTIL, "a.keytab", Optional.of("chmod 640 a.keytab"));

    assertThat(verdict("kerberos")).isInstanceOf(Verdict.Warn.class);
    assertThat(verdict("kerberos").remedy()).contains("chmod 640 a.keytab");
  }

  @Test
  void triesTheStorageOnlyWithALogin() throws IOException {
    world.login = new KerberosCheck.Bad("a.keytab has no entry for savepointd@EXAMPLE.ORG");

    assertThat(verdict("kerberos")).isInstanceOf(Verdict.Failed.class);
    assertThat(verdict("kerberos").found()).contains("a.keytab has no entry");
    assertThat(verdict("storage root")).isInstanceOf(Verdict.Skipped.class);
  }

  private Verdict verdict(String check) throws IOException {
    return world.report().lines().stream()
        .filter(line -> line.check().equals(check))
        .findFirst()
        .orElseThrow()
        .verdict();
  }
}
