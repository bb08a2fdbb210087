package io.savepointd.flink;

import io.savepointd.model.ClusterName;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Says what a failure of TLS means, which its exceptions tell in the terms of the JDK alone. */
record TlsFailure(ClusterName cluster, Optional<SslSettings> settings) {
  /** What the JDK says of an answer that is no TLS. */
  private static final Pattern SSL_EXPECTED =
      Pattern.compile("(?i)unrecognized SSL message|plaintext connection");

  /** In words; of what has nothing to do with TLS, its kind and message. */
  String explain(String address, Throwable failure) {
    return Optional.of(failure)
        .filter(f -> address.startsWith("https:"))
        .flatMap(this::meaning)
        .map(m -> m + " (" + plain(last(failure)) + ")")
        .orElse(plain(failure));
  }

  private Optional<String> meaning(Throwable failure) {
    // The innermost is the most exact.
    Optional<String> meaning = Optional.empty();
    for (Throwable each = failure; each != null; each = each.getCause()) {
      Optional<String> exact = of(each);
      meaning = exact.isPresent() ? exact : meaning;
    }
    return meaning;
  }

  private Optional<String> of(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    if (failure instanceof CertificateExpiredException) {
      return Optional.of("a certificate on the cluster's side has expired");
    } else if (failure instanceof CertificateNotYetValidException) {
      return Optional.of("a certificate on the cluster's side is not valid yet");
    } else if (failure instanceof Trust.WrongFingerprint) {
      return Optional.of(
          "the cluster's certificate is not the one that "
              + key("rest.cert.fingerprint")
              + " names");
    } else if (failure instanceof CertPathBuilderException) {
      return Optional.of(
          "the cluster's certificate is signed by nobody that " + trusted() + " knows");
    } else if (failure instanceof CertPathValidatorException
        || message.startsWith("TrustAnchor with subject")) {
      return Optional.of("the cluster's certificate is not good by " + trusted());
    } else if (failure instanceof CertificateException && message.startsWith("No ")) {
      // sun.security.util.HostnameChecker has no exception of its own.
      return Optional.of(
          "the cluster's certificate is not for the host that was asked; "
              + key("verify-hostname")
              + " = false takes it all the same");
    } else if (failure instanceof SSLException && message.contains("Received fatal alert")) {
      return Optional.of("the cluster has refused the connection: " + identity());
    } else if (message.contains("header parser received no bytes")) {
      // By TLS 1.3 a server judges our certificate when we think that all is agreed.
      return Optional.of("the cluster has ended the connection without a word: " + identity());
    } else if (SSL_EXPECTED.matcher(message).find()) {
      return Optional.of("the cluster answers without TLS: its address is http://…");
    }
    return Optional.empty();
  }

  private String trusted() {
    return settings
        .flatMap(SslSettings::truststore)
        .map(store -> store.file() + " (" + store.key() + ")")
        .orElse("Java itself (" + missing("rest.truststore") + ")");
  }

  private String identity() {
    return settings
        .flatMap(SslSettings::keystore)
        .map(
            store ->
                "it may not know the certificate in " + store.file() + " (" + store.key() + ")")
        .orElse("it may want our certificate (" + missing("rest.authentication-enabled") + ")");
  }

  private String missing(String name) {
    return key(settings.isPresent() ? name : "rest.enabled") + " is not set";
  }

  private String key(String name) {
    return "clusters." + cluster + ".security.ssl." + name;
  }

  private static Throwable last(Throwable failure) {
    Throwable last = failure;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    return last;
  }

  /** A refused connection comes without a message. */
  private static String plain(Throwable failure) {
    String message = failure.getMessage();
    String kind = failure.getClass().getSimpleName();
    return message == null || message.isBlank() ? kind : kind + ": " + message;
  }
}
