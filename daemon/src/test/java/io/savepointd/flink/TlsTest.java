package io.savepointd.flink;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.savepointd.model.ClusterName;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whom we talk to over TLS, and in which words we don't. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class TlsTest {
  private static final SslSettings NOTHING =
      new SslSettings(
          Optional.empty(), Optional.empty(), true, Optional.empty(), List.of(), List.of());

  private final HttpClient shared = HttpClient.newHttpClient();
  private Path dir;
  private Path server;
  private Path trusted;
  private Path ours;
  private Stores stores;
  private HttpsServer open;
  private HttpsServer mutual;

  @BeforeAll
  void serve(@TempDir Path directory) throws IOException, GeneralSecurityException {
    dir = directory;
    stores = new Stores(dir);
    server = stores.key("server", "ip:127.0.0.1");
    stores.authority("authority");
    stores.sign("server", "authority", "ip:127.0.0.1", "-1d", 30);
    ours = stores.key("ours", "dns:us");
    trusted = stores.trusting("authority");
    open = serve(server, Optional.empty());
    mutual = serve(server, Optional.of(stores.trusting("ours")));
  }

  @AfterAll
  void stop() {
    open.stop(0);
    mutual.stop(0);
  }

  private static HttpsServer serve(Path keystore, Optional<Path> clients)
      throws IOException, GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(Stores.settings("keystore", keystore).keys(), Stores.PASSWORD.toCharArray());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(
        clients.isPresent()
            ? Stores.settings("truststore", clients.get()).certificates()
            : (KeyStore) null);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), new SecureRandom());
    HttpsServer https =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    https.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters mine = context.getDefaultSSLParameters();
            mine.setNeedClientAuth(clients.isPresent());
            parameters.setSSLParameters(mine);
          }
        });
    https.createContext(
        "/jobs/overview",
        exchange -> {
          byte[] body = "{\"jobs\":[]}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    https.start();
    return https;
  }

  private FlinkCluster cluster(HttpsServer at, String host, Optional<SslSettings> ssl) {
    ClusterSettings settings =
        new ClusterSettings(
            new ClusterName("main"),
            new LocationSettings.Fixed(
                URI.create("https://" + host + ":" + at.getAddress().getPort())),
            new TransportSettings(ssl, Map.of()),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20));
    return new ClusterConnection(settings, shared).cluster();
  }

  private String refusal(HttpsServer at, String host, SslSettings ssl) {
    return refusal(cluster(at, host, Optional.of(ssl)));
  }

  private static String refusal(FlinkCluster cluster) {
    ClusterUnavailable refused = catchThrowableOfType(ClusterUnavailable.class, cluster::overview);
    assertThat(refused).as("that it was refused").isNotNull();
    return refused.getMessage();
  }

  private static SslSettings trusting(Path store) {
    return with(Optional.of(store), Optional.empty(), true, Optional.empty());
  }

  private static SslSettings with(
      Optional<Path> truststore,
      Optional<Path> keystore,
      boolean verifyHostname,
      Optional<String> fingerprint) {
    return new SslSettings(
        truststore.map(file -> Stores.settings("truststore", file)),
        keystore.map(file -> Stores.settings("keystore", file)),
        verifyHostname,
        fingerprint,
        List.of(),
        List.of());
  }

  @Test
  void talksToWhomTheTruststoreKnows() throws IOException {
    assertThat(cluster(open, "127.0.0.1", Optional.of(trusting(trusted))).overview()).isEmpty();
  }

  @Test
  void refusesWhomItDoesNotKnowAndNamesTheStore() {
    Path others = stores.trusting("ours");

    assertThat(refusal(open, "127.0.0.1", trusting(others)))
        .contains("signed by nobody that " + others)
        .contains("(savepointd.clusters.main.security.ssl.rest.truststore) knows");
  }

  @Test
  void withoutSettingsJavaItselfDecides() {
    assertThat(refusal(cluster(open, "127.0.0.1", Optional.empty())))
        .contains("nobody that Java itself")
        .contains("clusters.main.security.ssl.rest.enabled is not set");
    assertThat(refusal(open, "127.0.0.1", NOTHING))
        .contains("security.ssl.rest.truststore is not set");
  }

  @Test
  void refusesACertificateForAnotherHostUnlessHostsDoNotMatter() throws IOException {
    assertThat(refusal(open, "localhost", trusting(trusted)))
        .contains(
            "is not for the host that was asked", "clusters.main.security.ssl.verify-hostname");
    SslSettings anyHost = with(Optional.of(trusted), Optional.empty(), false, Optional.empty());
    assertThat(cluster(open, "localhost", Optional.of(anyHost)).overview()).isEmpty();
    SslSettings stranger =
        with(Optional.of(stores.trusting("ours")), Optional.empty(), false, Optional.empty());
    assertThat(refusal(open, "localhost", stranger)).contains("signed by nobody");
  }

  @Test
  void takesOneCertificateAloneWhereAFingerprintSaysSo() throws Exception {
    byte[] certificate =
        Stores.settings("keystore", server).keys().getCertificate("server").getEncoded();
    for (String algorithm : List.of("SHA-1", "SHA-256")) {
      String digest =
          HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(certificate));

      SslSettings right = with(Optional.of(trusted), Optional.empty(), true, Optional.of(digest));
      assertThat(cluster(open, "127.0.0.1", Optional.of(right)).overview()).isEmpty();
      String other = digest.replace(digest.charAt(0), digest.charAt(0) == '0' ? '1' : '0');
      SslSettings wrong = with(Optional.of(trusted), Optional.empty(), true, Optional.of(other));
      assertThat(refusal(open, "127.0.0.1", wrong))
          .contains("not the one that clusters.main.security.ssl.rest.cert.fingerprint names")
          .contains(digest);
    }
  }

  @Test
  void saysWhoItIsWhereTheClusterAsks() throws IOException {
    SslSettings known = with(Optional.of(trusted), Optional.of(ours), true, Optional.empty());
    assertThat(cluster(mutual, "127.0.0.1", Optional.of(known)).overview()).isEmpty();

    assertThat(refusal(mutual, "127.0.0.1", trusting(trusted)))
        .contains("the cluster has ", " the connection")
        .contains("clusters.main.security.ssl.rest.authentication-enabled is not set");
    SslSettings unknown = with(Optional.of(trusted), Optional.of(server), true, Optional.empty());
    assertThat(refusal(mutual, "127.0.0.1", unknown))
        .contains("it may not know the certificate in " + server);
  }

  /** Of a certificate that is trusted by name, and not by who signed it, Java asks no dates. */
  @Test
  void saysThatACertificateHasExpired() throws Exception {
    Path old = stores.key("old", "ip:127.0.0.1");
    stores.sign("old", "authority", "ip:127.0.0.1", "-20d", 10);
    HttpsServer expired = serve(old, Optional.empty());
    try {
      assertThat(refusal(expired, "127.0.0.1", trusting(trusted)))
          .contains("has expired", "NotAfter");
    } finally {
      expired.stop(0);
    }
  }

  @Test
  void aReplacedStoreCountsFromTheNextRequestOn() throws IOException {
    Path store = dir.resolve("replaced.p12");
    Files.copy(stores.trusting("ours"), store);
    FlinkCluster cluster = cluster(open, "127.0.0.1", Optional.of(trusting(store)));
    assertThat(refusal(cluster)).contains("signed by nobody");

    Files.copy(trusted, store, StandardCopyOption.REPLACE_EXISTING);
    Files.setLastModifiedTime(store, FileTime.from(Instant.EPOCH));
    assertThat(cluster.overview()).isEmpty();

    Files.writeString(store, "half of a new o");
    assertThat(cluster.overview()).as("by what it had").isEmpty();
  }

  @Test
  void aStoreThatCannotBeUsedIsNamedWithTheReason() throws IOException {
    Path text = Files.writeString(dir.resolve("text.p12"), "no store");
    assertThat(refusal(open, "127.0.0.1", trusting(dir.resolve("nowhere.p12"))))
        .contains("rest.truststore: " + dir + "/nowhere.p12: there is no such file");
    assertThat(refusal(open, "127.0.0.1", trusting(text))).contains("text.p12: it");
    assertThat(refusal(open, "127.0.0.1", trusting(ours))).contains("holds no trusted certificate");
    SslSettings keyless = with(Optional.of(trusted), Optional.of(trusted), true, Optional.empty());
    assertThat(refusal(open, "127.0.0.1", keyless)).contains("holds no private key");
  }

  @Test
  void aClusterWithoutTlsIsCalledThat() throws IOException {
    try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      // A thread of its own: on two cores the common pool is one, and may be somebody's to wait in.
      Thread server = new Thread(() -> answerInPlainText(plain), "plain");
      server.setDaemon(true);
      server.start();
      ClusterSettings settings =
          new ClusterSettings(
              new ClusterName("main"),
              URI.create("https://127.0.0.1:" + plain.getLocalPort()),
              Duration.ofSeconds(20),
              Duration.ofSeconds(20));
      assertThat(refusal(new ClusterConnection(settings, shared).cluster()))
          .contains("answers without TLS");
    }
  }

  /** Until it is closed; a client may try again. */
  private static void answerInPlainText(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
        client.getOutputStream().flush();
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
      } catch (IOException e) {
        // The client went, or the test is over.
      }
    }
  }
}
