package io.savepointd.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HadoopLoginTest {
  private static final String ROOT = "hdfs://localhost:1/savepoints";

  @TempDir Path directory;

  private Optional<Path> site(String authentication) throws IOException {
    Files.writeString(
        directory.resolve("core-site.xml"),
        """
        <configuration><property>
          <name>hadoop.security.authentication</name><value>%s</value>
        </property></configuration>
        """
            .formatted(authentication));
    return Optional.of(directory);
  }

  private Optional<KerberosSettings> missingKeytab() {
    return Optional.of(new KerberosSettings("savepointd@A.ORG", directory.resolve("no.keytab")));
  }

  @Test
  void asksForNothingWhereNobodyDoes() throws IOException {
    try (HadoopLogin login = new HadoopLogin(Optional.empty(), site("simple"), Clock.systemUTC())) {
      assertThatCode(() -> login.require(ROOT)).doesNotThrowAnyException();
    }
    assertThat(new KerberosCheck(Optional.empty(), site("simple")).look())
        .isEqualTo(new KerberosCheck.NotAsked());
  }

  @Test
  void needsNoTicketForLocalFiles() throws IOException {
    try (HadoopLogin login =
        new HadoopLogin(Optional.empty(), site("kerberos"), Clock.systemUTC())) {
      assertThatCode(() -> login.require("file:///tmp/savepoints")).doesNotThrowAnyException();
    }
  }

  @Test
  void aKeytabForAnHdfsThatAsksForNoneIsToldAsAMistake() throws IOException {
    try (HadoopLogin login = new HadoopLogin(missingKeytab(), site("simple"), Clock.systemUTC())) {
      assertThatThrownBy(() -> login.require(ROOT))
          .isInstanceOf(StorageUnavailable.class)
          .hasMessageContaining(directory + " don't ask for Kerberos");
    }
    assertThat(new KerberosCheck(missingKeytab(), Optional.empty()).look())
        .isInstanceOfSatisfying(
            KerberosCheck.Bad.class,
            bad -> assertThat(bad.reason()).contains("HADOOP_CONF_DIR isn't set"));
  }

  @Test
  void aMissingKeytabIsToldWithWhatComesNext() throws IOException {
    try (HadoopLogin login =
        new HadoopLogin(missingKeytab(), site("kerberos"), Clock.systemUTC())) {
      assertThatThrownBy(() -> login.require(ROOT))
          .isInstanceOf(StorageUnavailable.class)
          .hasMessageContaining("there is no keytab " + directory.resolve("no.keytab"))
          .hasMessageContaining("tried again when the keytab changes, at the latest after 15 s");
    }
    assertThat(new KerberosCheck(missingKeytab(), site("kerberos")).look())
        .isInstanceOfSatisfying(
            KerberosCheck.Bad.class,
            bad -> assertThat(bad.reason()).contains("there is no keytab"));
  }

  @Test
  void thisMachinesNameStandsInForHost() throws IOException {
    Path keytab = new KeytabFile().with("flink@A.ORG", 1).in(directory.resolve("other.keytab"));
    KerberosSettings settings = new KerberosSettings("savepointd/_HOST@A.ORG", keytab);

    assertThat(new KerberosCheck(Optional.of(settings), site("kerberos")).look())
        .isInstanceOfSatisfying(
            KerberosCheck.Bad.class,
            bad ->
                assertThat(bad.reason())
                    .containsPattern("no entry for savepointd/[a-z0-9.-]+@A.ORG; it has flink@A"));
  }
}
