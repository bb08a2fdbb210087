package io.savepointd.flink;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Judges a cluster's certificate. HttpClient asks for its host to be checked on every connection,
 * and only a property of the whole JVM would stop that
 * (jdk.internal.httpclient.disableHostnameVerification); an extended trust manager is asked instead
 * of it, so this one leaves the host out for the one cluster that says so.
 */
final class Trust extends X509ExtendedTrustManager {
  private static final int SHA1_DIGITS = 40;

  private final X509ExtendedTrustManager chains;
  private final boolean verifyHostname;
  private final Optional<String> fingerprint;

  private Trust(
      X509ExtendedTrustManager chains, boolean verifyHostname, Optional<String> fingerprint) {
    this.chains = chains;
    this.verifyHostname = verifyHostname;
    this.fingerprint = fingerprint;
  }

  /** Trusts what the settings say; the JDK's own certificates if they name no store. */
  static Trust by(SslSettings settings) throws GeneralSecurityException, StoreSettings.Unusable {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    Optional<StoreSettings> store = settings.truststore();
    factory.init(store.isPresent() ? store.get().certificates() : (KeyStore) null);
    X509ExtendedTrustManager chains =
        Arrays.stream(factory.getTrustManagers())
            .filter(X509ExtendedTrustManager.class::isInstance)
            .map(X509ExtendedTrustManager.class::cast)
            .findFirst()
            .orElseThrow(() -> new NoSuchAlgorithmException("no trust manager for X.509"));
    return new Trust(chains, settings.verifyHostname(), settings.fingerprint());
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    if (verifyHostname) {
      chains.checkServerTrusted(chain, authType, engine);
    } else {
      chains.checkServerTrusted(chain, authType);
    }
    checkFingerprint(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    if (verifyHostname) {
      chains.checkServerTrusted(chain, authType, socket);
    } else {
      chains.checkServerTrusted(chain, authType);
    }
    checkFingerprint(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    chains.checkServerTrusted(chain, authType);
    checkFingerprint(chain);
  }

  private void checkFingerprint(X509Certificate[] chain) throws CertificateException {
    if (fingerprint.isPresent()) {
      String shown = fingerprintOf(chain[0], fingerprint.get().length());
      if (!shown.equals(fingerprint.get())) {
        throw new WrongFingerprint(shown);
      }
    }
  }

  private static String fingerprintOf(X509Certificate certificate, int digits)
      throws CertificateException {
    try {
      MessageDigest digest = MessageDigest.getInstance(digits == SHA1_DIGITS ? "SHA-1" : "SHA-256");
      return HexFormat.of().formatHex(digest.digest(certificate.getEncoded()));
    } catch (NoSuchAlgorithmException e) {
      throw new CertificateException("every Java platform has both", e);
    }
  }

  /** The chain is good, but the certificate isn't the one. */
  static final class WrongFingerprint extends CertificateException {
    private static final long serialVersionUID = 1L;

    WrongFingerprint(String shown) {
      super("its fingerprint is " + shown);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("nobody connects to us");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("nobody connects to us");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("nobody connects to us");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return chains.getAcceptedIssuers();
  }
}
