package io.savepointd.app;

import io.savepointd.flink.ClusterSettings;
import io.savepointd.flink.LaunchSettings;
import io.savepointd.flink.LocationSettings;
import io.savepointd.flink.SslSettings;
import io.savepointd.flink.StoreSettings;
import io.savepointd.model.Secret;
import io.savepointd.model.Words;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the configuration says of one cluster, key by key as in the file; pure. */
final class ClusterKeys {
  private static final String SSL = "security.ssl.";
  private static final String ZOOKEEPER = "high-availability.zookeeper.";

  private final Map<String, KeyValue> keys = new LinkedHashMap<>();

  private ClusterKeys() {}

  /** In the order of the reference; what isn't set is left out. */
  static Map<String, KeyValue> of(ClusterSettings cluster) {
    ClusterKeys all = new ClusterKeys();
    all.location(cluster.location());
    cluster.transport().ssl().ifPresent(all::ssl);
    new TreeMap<>(cluster.transport().headers())
        .forEach((name, value) -> all.hide("headers." + name, "=" + value.value()));
    if (cluster.launch() instanceof LaunchSettings.CommandLine commandLine) {
      all.put("launch.flink-home", commandLine.flinkHome().toString());
    }
    all.put("request-timeout", Words.of(cluster.requestTimeout()));
    all.put("submit-timeout", Words.of(cluster.submitTimeout()));
    return all.keys;
  }

  private void location(LocationSettings location) {
    if (location instanceof LocationSettings.Elected elected) {
      put("high-availability.cluster-id", elected.clusterId());
      put(ZOOKEEPER + "quorum", elected.quorum());
      put(ZOOKEEPER + "path.root", elected.root());
      put(ZOOKEEPER + "client.session-timeout", Words.of(elected.sessionTimeout()));
      put(ZOOKEEPER + "client.connection-timeout", Words.of(elected.connectionTimeout()));
    } else if (location instanceof LocationSettings.Fixed fixed) {
      put("rest", fixed.rest().toString());
    }
  }

  private void ssl(SslSettings ssl) {
    put(SSL + "verify-hostname", String.valueOf(ssl.verifyHostname()));
    put(SSL + "protocol", String.join(",", ssl.protocols()));
    put(SSL + "algorithms", String.join(",", ssl.algorithms()));
    put(SSL + "rest.enabled", "true");
    put(SSL + "rest.authentication-enabled", String.valueOf(ssl.keystore().isPresent()));
    store("truststore", ssl.truststore());
    store("keystore", ssl.keystore());
    ssl.fingerprint().ifPresent(digest -> put(SSL + "rest.cert.fingerprint", digest));
  }

  private void store(String name, Optional<StoreSettings> settings) {
    settings.ifPresent(
        store -> {
          String key = SSL + "rest." + name;
          put(key, store.file().toString());
          hide(key + "-password", secret(store.password()));
          hide(SSL + "rest.key-password of " + name, secret(store.keyPassword()));
          store.type().ifPresent(type -> put(key + "-type", type));
        });
  }

  private static String secret(Optional<Secret> secret) {
    return secret.map(s -> "=" + s.value()).orElse("");
  }

  private void put(String key, String value) {
    keys.put(key, KeyValue.shown(value));
  }

  private void hide(String key, String value) {
    keys.put(key, KeyValue.hidden(value));
  }
}
