package io.savepointd.flink;

import io.savepointd.model.ClusterName;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP client for one cluster and what goes with each request. A cluster with stores of its own
 * has a client of its own; it is made anew when one of their files has changed. Safe for several
 * threads.
 */
final class Transport {
  private static final Logger LOG = LoggerFactory.getLogger(Transport.class);

  private final ClusterName cluster;
  private final TransportSettings settings;
  private final HttpClient shared;
  private final Discretion discretion;
  private Optional<Own> own = Optional.empty();
  private List<Stamp> refused = List.of();

  /** When and how long a store was. */
  private record Stamp(FileTime modified, long size, Object file) {
    static final Stamp MISSING = new Stamp(FileTime.fromMillis(0), -1, "");
  }

  private record Own(HttpClient client, List<Stamp> of) {}

  /** Uses {@code shared} where the cluster needs no client of its own. */
  Transport(ClusterName cluster, TransportSettings settings, HttpClient shared) {
    this.cluster = cluster;
    this.settings = settings;
    this.shared = shared;
    this.discretion = Discretion.of(settings.headers().values());
  }

  /** The client to send with now. */
  synchronized HttpClient client() throws ClusterUnavailable {
    if (settings.ssl().isEmpty()) {
      return shared;
    }
    SslSettings ssl = settings.ssl().get();
    List<Stamp> now = stamps(ssl);
    if (own.isPresent() && (own.get().of().equals(now) || refused.equals(now))) {
      return own.get().client();
    }
    try {
      HttpClient made = build(ssl);
      if (own.isPresent()) {
        LOG.info("event=cluster.stores-replaced cluster={} next=\"used from now on\"", cluster);
      }
      own = Optional.of(new Own(made, now));
      refused = List.of();
      return made;
    } catch (StoreSettings.Unusable | GeneralSecurityException e) {
      if (own.isEmpty()) {
        throw new ClusterUnavailable("cluster " + cluster + ": " + e.getMessage(), e);
      }
      // Half of a new file, it may be: looked at again once it has changed.
      refused = now;
      LOG.warn(
          "event=cluster.stores-unusable cluster={} reason=\"{}\" next=\"goes on with what it"
              + " had\"",
          cluster,
          e.getMessage());
      return own.get().client();
    }
  }

  private static List<Stamp> stamps(SslSettings ssl) {
    List<Stamp> stamps = new ArrayList<>();
    for (StoreSettings store : ssl.stores()) {
      try {
        BasicFileAttributes file = Files.readAttributes(store.file(), BasicFileAttributes.class);
        stamps.add(new Stamp(file.lastModifiedTime(), file.size(), String.valueOf(file.fileKey())));
      } catch (IOException e) {
        stamps.add(Stamp.MISSING);
      }
    }
    return stamps;
  }

  private static HttpClient build(SslSettings ssl)
      throws GeneralSecurityException, StoreSettings.Unusable {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys(ssl), new TrustManager[] {Trust.by(ssl)}, new SecureRandom());
    SSLParameters parameters = context.getDefaultSSLParameters();
    if (!ssl.protocols().isEmpty()) {
      parameters.setProtocols(ssl.protocols().toArray(String[]::new));
    }
    if (!ssl.algorithms().isEmpty()) {
      parameters.setCipherSuites(ssl.algorithms().toArray(String[]::new));
    }
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .sslContext(context)
        .sslParameters(parameters)
        .build();
  }

  private static KeyManager[] keys(SslSettings ssl)
      throws GeneralSecurityException, StoreSettings.Unusable {
    if (ssl.keystore().isEmpty()) {
      return new KeyManager[0];
    }
    StoreSettings settings = ssl.keystore().get();
    KeyStore store = settings.keys();
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, settings.secretOfKey());
    return factory.getKeyManagers();
  }

  /** Adds the configured headers. */
  HttpRequest.Builder with(HttpRequest.Builder request) {
    settings.headers().forEach((name, value) -> request.setHeader(name, value.value()));
    return request;
  }

  /** What a proxy says may quote what it was sent. */
  Discretion discretion() {
    return discretion;
  }

  /** Why no answer came, in words that name the setting that has a say in it. */
  String explain(String address, Throwable failure) {
    return new TlsFailure(cluster, settings.ssl()).explain(address, failure);
  }
}
