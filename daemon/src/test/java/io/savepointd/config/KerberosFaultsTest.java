package io.savepointd.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.storage.KerberosSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KerberosFaultsTest {
  @TempDir Path home;
  private Installation installation;

  @BeforeEach
  void install() {
    installation = Installation.in(home);
  }

  private Optional<KerberosSettings> read(String kerberos) {
    return installation.load(with(kerberos)).storage().kerberos();
  }

  private static String with(String kerberos) {
    return Installation.LEAST + "savepointd.storage.kerberos { " + kerberos + " }\n";
  }

  private String refusal(String kerberos) {
    return installation.problems(with(kerberos)).get(0).toString();
  }

  @Test
  void principalAndKeytabGoTogether() {
    assertThat(read("principal = \"savepointd/_HOST@A.ORG\", keytab = \"/etc/s.keytab\""))
        .contains(new KerberosSettings("savepointd/_HOST@A.ORG", Path.of("/etc/s.keytab")));
    assertThat(read("")).isEmpty();
  }

  @Test
  void aKeytabWithoutItsPrincipalIsRefused() {
    assertThat(refusal("keytab = \"/etc/s.keytab\""))
        .contains("savepointd.storage.kerberos.principal")
        .contains("needs the name of its account");
  }

  @Test
  void systemdsCredentialStandsInForTheKeytab() {
    installation = installation.with(Map.of("CREDENTIALS_DIRECTORY", "/run/credentials/s.service"));

    assertThat(read("principal = \"savepointd@A.ORG\""))
        .contains(
            new KerberosSettings("savepointd@A.ORG", Path.of("/run/credentials/s.service/keytab")));
    assertThat(read("principal = \"savepointd@A.ORG\", keytab = \"/other\""))
        .contains(new KerberosSettings("savepointd@A.ORG", Path.of("/other")));
  }

  /** A person's commands don't run under systemd, and read the same file. */
  @Test
  void aPrincipalAloneLeavesTheTicketCache() {
    assertThat(read("principal = \"savepointd@A.ORG\"")).isEmpty();
  }

  @Test
  void whatIsNoPrincipalIsRefused() {
    assertThat(refusal("principal = \"a b@C\", keytab = \"/k\"")).contains("is no principal");
    assertThat(refusal("principal = \"a/b/c@D\", keytab = \"/k\"")).contains("is no principal");
    assertThat(refusal("principal = \"@D\", keytab = \"/k\"")).contains("is no principal");
  }

  @Test
  void theHostIsOnlyPutInBesideARealm() {
    assertThat(refusal("principal = \"savepointd/_HOST\", keytab = \"/k\""))
        .contains("needs its realm too: savepointd/_HOST@REALM");
  }

  @Test
  void anUnknownKeyIsRefused() {
    assertThat(refusal("pricipal = a")).contains("did you mean 'principal'");
  }
}
