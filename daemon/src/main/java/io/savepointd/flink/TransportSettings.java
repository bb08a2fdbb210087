package io.savepointd.flink;

import io.savepointd.model.Secret;
import java.util.Map;
import java.util.Optional;

/**
 * How requests to a cluster travel.
 *
 * @param ssl if it is not the JDK's own trust that decides, or not only
 * @param headers added to each request, by their names
 */
public record TransportSettings(Optional<SslSettings> ssl, Map<String, Secret> headers) {
  /** As the address says, with nothing added. */
  public static final TransportSettings PLAIN = new TransportSettings(Optional.empty(), Map.of());

  /** Copies the headers. */
  public TransportSettings {
    headers = Map.copyOf(headers);
  }
}
