package io.savepointd.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import javax.security.auth.kerberos.KerberosPrincipal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeytabTest {
  private static final String OURS = "savepointd/host.example.org@EXAMPLE.ORG";
  private static final int CAMELLIA = 26;

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("savepointd.keytab");
  }

  private void refuses(String reason) {
    refuses(new Keytab(file()), reason);
  }

  private void refuses(Keytab keytab, String reason) {
    assertThatThrownBy(() -> keytab.versions(new KerberosPrincipal(OURS)))
        .isInstanceOf(LoginFault.class)
        .hasMessageContaining(file().toString())
        .hasMessageContaining(reason);
  }

  @Test
  void tellsTheVersionsOfOurKeys() throws IOException {
    new KeytabFile().with(OURS, 3).with(OURS, 4).with("flink@EXAMPLE.ORG", 7).in(file());

    assertThat(new Keytab(file()).versions(new KerberosPrincipal(OURS))).containsExactly(3, 4);
  }

  @Test
  void saysThatThereIsNoFile() {
    refuses("there is no keytab");
  }

  @Test
  void saysThatADirectoryIsNoFile() throws IOException {
    Files.createDirectory(file());

    refuses("is no file");
  }

  @Test
  void saysThatThisUserMayNotReadIt() throws IOException {
    new KeytabFile().with(OURS, 1).in(file());

    refuses(
        new Keytab(file(), path -> false),
        "may not be read by user " + System.getProperty("user.name"));
  }

  @Test
  void saysWhichPrincipalsItHasInstead() throws IOException {
    new KeytabFile().with("flink@EXAMPLE.ORG", 1).with("savepointd@EXAMPLE.ORG", 1).in(file());

    refuses("has no entry for " + OURS + "; it has flink@EXAMPLE.ORG, savepointd@EXAMPLE.ORG");
  }

  @Test
  void saysThatNoKeyIsOfAnEncryptionThatJavaKnows() throws IOException {
    new KeytabFile().with(OURS, 1, CAMELLIA).in(file());

    refuses("no key that this Java may use");
  }

  @Test
  void saysThatATextIsNoKeytab() throws IOException {
    Files.writeString(file(), "principal = savepointd\n");

    refuses("can't be read as a keytab");
  }

  @Test
  void saysThatATornFileIsNoKeytab() throws IOException {
    byte[] whole = Files.readAllBytes(new KeytabFile().with(OURS, 1).in(file()));
    Files.write(file(), Arrays.copyOf(whole, whole.length / 2));

    refuses("can't be read as a keytab");
  }

  @Test
  void saysThatAnEmptyFileIsNoKeytab() throws IOException {
    Files.write(file(), new byte[0]);

    refuses("can't be read as a keytab");
  }

  @Test
  void warnsOfAFileThatEverybodyCanRead() throws IOException {
    new KeytabFile().in(file());
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(new Keytab(file()).tooOpen()).hasValueSatisfying(w -> assertThat(w).contains("o-r"));
  }

  @Test
  void warnsOfAFileThatOthersCanChange() throws IOException {
    new KeytabFile().in(file());
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw----"));

    assertThat(new Keytab(file()).tooOpen())
        .hasValueSatisfying(w -> assertThat(w).contains("go-w"));
  }

  /** root:savepointd 0640, and what systemd makes of a credential. */
  @Test
  void acceptsAFileThatAGroupCanRead() throws IOException {
    new KeytabFile().in(file());
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("r--r-----"));

    assertThat(new Keytab(file()).tooOpen()).isEmpty();
  }

  @Test
  void hasAnotherStampAfterEachChange() throws IOException {
    Keytab keytab = new Keytab(file());
    String missing = keytab.stamp();
    new KeytabFile().with(OURS, 1).in(file());
    String first = keytab.stamp();
    Path beside = new KeytabFile().with(OURS, 2).in(directory.resolve("new"));
    Files.setLastModifiedTime(beside, Files.getLastModifiedTime(file()));
    Files.move(beside, file(), StandardCopyOption.REPLACE_EXISTING);
    String second = keytab.stamp();

    assertThat(missing).isNotEqualTo(first).isEqualTo(new Keytab(directory.resolve("x")).stamp());
    assertThat(second).isNotEqualTo(first).isEqualTo(keytab.stamp());
  }
}
