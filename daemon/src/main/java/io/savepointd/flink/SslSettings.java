package io.savepointd.flink;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * TLS towards a cluster, in the terms of Flink's {@code security.ssl.*}.
 *
 * @param truststore whom we believe; without one, whom the JDK believes
 * @param keystore who we are, if we say so at all
 * @param verifyHostname whether the cluster's certificate must be for the host that was asked
 * @param fingerprint SHA-1 or SHA-256 of the only certificate that is taken, in lower-case
 *     hexadecimal without separators
 * @param protocols the JDK's own if empty
 * @param algorithms cipher suites; the JDK's own if empty
 */
public record SslSettings(
    Optional<StoreSettings> truststore,
    Optional<StoreSettings> keystore,
    boolean verifyHostname,
    Optional<String> fingerprint,
    List<String> protocols,
    List<String> algorithms) {
  /** Copies the lists. */
  public SslSettings {
    protocols = List.copyOf(protocols);
    algorithms = List.copyOf(algorithms);
  }

  /** The stores there are. */
  public List<StoreSettings> stores() {
    return Stream.of(truststore, keystore).flatMap(Optional::stream).toList();
  }
}
