package io.savepointd.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.flink.ClusterSettings;
import io.savepointd.flink.LocationSettings;
import io.savepointd.flink.SslSettings;
import io.savepointd.flink.Stores;
import io.savepointd.model.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a cluster is found and talked to, and what is wrong with what is said of it. */
class ClusterReachTest {
  private static final String HTTPS = "rest = \"https://c:8081\"\n";

  @TempDir static Path storesDir;
  private static Path keystore;
  private static Path truststore;

  @TempDir Path home;
  private Installation installation;

  @BeforeAll
  static void makeStores() {
    Stores stores = new Stores(storesDir);
    keystore = stores.key("us", "dns:us");
    truststore = stores.trusting("us");
  }

  @BeforeEach
  void install() {
    installation = Installation.in(home);
  }

  private static String with(String cluster) {
    return """
        savepointd {
          clusters.main {
        %s
          }
          jobs.averaging.jar = "job/averaging-job.jar"
        }
        """
        .formatted(cluster);
  }

  private ClusterSettings read(String cluster) {
    return installation.load(with(cluster)).clusters().values().iterator().next();
  }

  private String refusal(String cluster) {
    List<ConfigProblem> problems = installation.problems(with(cluster));
    assertThat(problems).hasSize(1);
    return problems.get(0).toString();
  }

  private static String rest(String more) {
    return HTTPS
        + "security.ssl.rest { enabled = true, truststore = \""
        + truststore
        + "\", truststore-password = \""
        + Stores.PASSWORD
        + "\"\n"
        + more
        + " }";
  }

  private static String presented(Path store, String password) {
    return rest(
        "authentication-enabled = true, keystore = \""
            + store
            + "\", keystore-password = \""
            + password
            + "\"");
  }

  @Test
  void tlsIsReadAsFlinkWritesIt() {
    SslSettings ssl =
        read(presented(keystore, Stores.PASSWORD)
                + "\nsecurity.ssl { protocol = \"TLSv1.3, TLSv1.2\", verify-hostname = false }"
                + "\nsecurity.ssl.rest.cert.fingerprint = \""
                + "A1:".repeat(19)
                + "A1\"")
            .transport()
            .ssl()
            .orElseThrow();

    assertThat(ssl.truststore().orElseThrow().file()).isEqualTo(truststore);
    assertThat(ssl.keystore().orElseThrow().password()).contains(new Secret(Stores.PASSWORD));
    assertThat(ssl.verifyHostname()).isFalse();
    assertThat(ssl.protocols()).containsExactly("TLSv1.3", "TLSv1.2");
    assertThat(ssl.fingerprint()).contains("a1".repeat(20));
  }

  @Test
  void withoutAWordOfTlsThereAreNoSettingsForIt() {
    assertThat(read(HTTPS).transport().ssl()).isEmpty();
  }

  @Test
  void aKeystoreIsNotShownUnlessAskedFor() {
    assertThat(read(rest("keystore = \"/nowhere\"")).transport().ssl().orElseThrow().keystore())
        .isEmpty();
  }

  @Test
  void whatIsWrongWithAStoreIsSaidOfItsLine() {
    assertThat(refusal(presented(home.resolve("x.p12"), "p")))
        .contains("application.conf:5: savepointd.clusters.main.security.ssl.rest.keystore: ")
        .endsWith("x.p12: there is no such file");
    assertThat(refusal(presented(keystore, "hunter2")))
        .contains("us.p12: its password is wrong (keystore-password)")
        .doesNotContain("hunter2");
    assertThat(refusal(presented(truststore, Stores.PASSWORD))).contains("no private key");
    assertThat(refusal(rest("authentication-enabled = true")))
        .contains("rest.keystore: is missing");
    assertThat(refusal(rest("truststore-type = PKCS13"))).contains("no type of store", "PKCS13");
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    assertThat(refusal(rest("").replace("https:", "http:")))
        .contains("main.rest: begins with http://, but security.ssl.rest.enabled is set");
    assertThat(refusal(rest("").replace("enabled = true", "enabled = false")))
        .contains("rest.truststore: has no say while security.ssl.rest.enabled is not true");
    assertThat(refusal(HTTPS + "security.ssl.protocol = TLSv1.4"))
        .contains("no protocol 'TLSv1.4'");
    assertThat(refusal(HTTPS + "security.ssl.algorithms = TLS_AES_128_GCM_SHA255"))
        .contains("did you mean 'TLS_AES_128_GCM_SHA256'");
    assertThat(refusal(HTTPS + "security.ssl.rest.cert.fingerprint = abc")).contains("SHA-1");
    assertThat(refusal(HTTPS + "security.ssl.rest.trustore = abc"))
        .contains("did you mean 'truststore'");
  }

  @Test
  void aPrivateKeyThatEverybodyMayReadIsWarnedAbout() throws Exception {
    Files.setPosixFilePermissions(keystore, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(installation.load(with(presented(keystore, Stores.PASSWORD))).warnings())
        .anySatisfy(
            warning ->
                assertThat(warning.toString())
                    .contains("rest.keystore: holds a private key", "chmod o= " + keystore));
  }

  @Test
  void headersAreSecretAndInherited() {
    String file =
        with(HTTPS + "headers { Authorization = \"Bearer hunter2\", X-Other = null }")
            + "savepointd.defaults.cluster.headers { X-Tenant = t17, X-Other = o }\n";

    assertThat(installation.load(file).clusters().values())
        .singleElement()
        .satisfies(
            cluster ->
                assertThat(cluster.transport().headers())
                    .isEqualTo(
                        Map.of(
                            "Authorization", new Secret("Bearer hunter2"),
                            "X-Tenant", new Secret("t17"))));
    assertThat(installation.load(file).toString()).doesNotContain("hunter2", "t17");
    assertThat(installation.effective(file))
        .filteredOn(setting -> setting.key().contains("headers"))
        .hasSize(2)
        .allSatisfy(setting -> assertThat(setting.value()).isEqualTo("\"******\""));
  }

  @Test
  void aHeaderThatCannotBeSentIsRefusedWithoutItsValue() {
    assertThat(refusal(HTTPS + "headers { Host = hunter2 }")).contains("can't be sent");
    assertThat(refusal(HTTPS + "headers { \"a b\" = hunter2 }")).doesNotContain("hunter2");
    assertThat(refusal(HTTPS + "headers { a.b = hunter2 }")).contains("goes in quotes");
  }

  @Test
  void aBlankHeaderIsRefused() {
    assertThat(refusal(HTTPS + "headers { Authorization = \"\" }"))
        .contains("headers.Authorization: is blank");
    assertThat(refusal(HTTPS + "headers { Authorization = \" \" }")).contains("is blank");
  }

  @Test
  void zooKeeperIsReadAsFlinkWritesIt() {
    assertThat(
            read("high-availability { type = ZooKeeper, zookeeper.quorum = \"a:1, b:2\" }")
                .location())
        .isEqualTo(
            new LocationSettings.Elected(
                "a:1,b:2", "/flink", "/default", Duration.ofSeconds(60), Duration.ofSeconds(15)));
  }

  @Test
  void anAddressBesideZooKeeperIsRefused() {
    assertThat(
            refusal(HTTPS + "high-availability { type = zookeeper, zookeeper.quorum = \"a:1\" }"))
        .contains("main.rest: has no say");
    assertThat(refusal("high-availability.type = zookeeper"))
        .contains("zookeeper.quorum: is missing");
    assertThat(refusal("high-availability.type = etcd")).contains("must be zookeeper or none");
    assertThat(refusal("")).contains("main.rest: is missing");
  }

  @Test
  void oneClusterUnderTwoNamesIsRefused() {
    String one = "high-availability { type = zookeeper, zookeeper.quorum = \"a:1\" }";
    assertThat(
            installation
                .problems(
                    with(one) + "savepointd.clusters.other { " + one + ", request-timeout = 9s }")
                .toString())
        .contains("names the nodes of cluster 'main' already");
  }
}
