package io.savepointd.acceptance.world;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates as a site makes them by keytool: each signs itself, and is trusted by name. */
public final class Certificates {
  /** Of every store. */
  public static final String PASSWORD = "store-password";

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path dir;

  /** To lie in that folder. */
  public Certificates(Path dir) throws IOException {
    this.dir = Files.createDirectories(dir);
  }

  /** Makes a key with its certificate; returns the store that holds them. */
  public Path key(String name, String san, int days) throws IOException {
    Path store = dir.resolve(name + ".p12");
    List<String> command = new ArrayList<>(List.of("-genkeypair", "-alias", name));
    command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
    command.addAll(List.of("-dname", "CN=" + name, "-validity", days + ""));
    if (!san.isEmpty()) {
      command.addAll(List.of("-ext", "san=" + san));
    }
    keytool(store, command);
    return store;
  }

  /** Makes a store that trusts the certificate of that name. */
  public Path trusting(String name) throws IOException {
    Path certificate = dir.resolve(name + ".crt");
    keytool(
        dir.resolve(name + ".p12"),
        List.of("-exportcert", "-alias", name, "-file", certificate.toString()));
    Path store = dir.resolve("trusts-" + name + ".p12");
    keytool(
        store,
        List.of("-importcert", "-noprompt", "-alias", name, "-file", certificate.toString()));
    return store;
  }

  private void keytool(Path store, List<String> args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(args);
    command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", PASSWORD));
    try (ManagedProcess keytool =
        ManagedProcess.start("keytool", dir, new ProcessBuilder(command))) {
      if (keytool.awaitExit(PATIENCE) != 0) {
        throw new IOException("keytool failed: " + keytool.tail());
      }
    }
  }

  /** A client that trusts the one store and shows what the other holds. */
  public static HttpClient client(Path truststore, Path keystore) throws IOException {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(load(truststore));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(load(keystore), PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), new SecureRandom());
      return HttpClient.newBuilder().sslContext(context).build();
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static KeyStore load(Path store) throws IOException, GeneralSecurityException {
    KeyStore loaded = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      loaded.load(in, PASSWORD.toCharArray());
    }
    return loaded;
  }
}
