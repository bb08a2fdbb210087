package io.savepointd.doctor;

import io.savepointd.flink.SslSettings;
import io.savepointd.flink.StoreSettings;
import io.savepointd.model.ClusterName;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Whether the stores for one cluster can be opened, and for how long what lies in them is valid.
 */
final class CertificatesCheck implements Check {
  /** Renewing one takes people, who are away at times. */
  private static final Duration SOON = Duration.ofDays(14);

  private final ClusterName cluster;
  private final SslSettings settings;
  private final Clock clock;

  CertificatesCheck(ClusterName cluster, SslSettings settings, Clock clock) {
    this.cluster = cluster;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "certificates of " + cluster;
  }

  private record Expiry(StoreSettings store, String alias, Instant at) {
    String told() {
      return store.file() + ": '" + alias + "' " + at;
    }
  }

  @Override
  public Verdict look() throws IOException {
    List<Expiry> all = new ArrayList<>();
    if (settings.truststore().isPresent()) {
      all.addAll(expiries(settings.truststore().get(), settings.truststore().get().certificates()));
    }
    if (settings.keystore().isPresent()) {
      all.addAll(expiries(settings.keystore().get(), settings.keystore().get().keys()));
    }
    Optional<Expiry> first = all.stream().min((one, other) -> one.at().compareTo(other.at()));
    if (first.isEmpty()) {
      return new Verdict.Ok("those that Java itself trusts");
    }
    Instant now = clock.instant();
    String until = "the first ends: " + first.get().told();
    String remedy = "put a new one into the file; it is taken up without a restart";
    if (first.get().at().isBefore(now)) {
      // Of many trusted ones it need not be the cluster's.
      return settings.keystore().filter(first.get().store()::equals).isPresent()
          ? new Verdict.Failed("has expired: " + first.get().told(), remedy)
          : new Verdict.Warn("has expired: " + first.get().told(), remedy);
    }
    return first.get().at().isBefore(now.plus(SOON))
        ? new Verdict.Warn(until, remedy)
        : new Verdict.Ok(until);
  }

  private static List<Expiry> expiries(StoreSettings settings, KeyStore store) throws IOException {
    List<Expiry> found = new ArrayList<>();
    try {
      for (String alias : Collections.list(store.aliases())) {
        if (store.getCertificate(alias) instanceof X509Certificate certificate) {
          found.add(new Expiry(settings, alias, certificate.getNotAfter().toInstant()));
        }
      }
      return found;
    } catch (GeneralSecurityException e) {
      throw new IOException(settings.key() + ": " + settings.file() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public String remedy(IOException failure) {
    return "keytool -list -keystore FILE, as the user of the service, shows what is in it";
  }
}
