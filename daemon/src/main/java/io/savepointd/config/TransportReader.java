package io.savepointd.config;

import com.typesafe.config.ConfigValue;
import io.savepointd.flink.LocationSettings;
import io.savepointd.flink.SslSettings;
import io.savepointd.flink.StoreSettings;
import io.savepointd.flink.TransportSettings;
import io.savepointd.model.Secret;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** Reads how a cluster is talked to: {@code security.ssl} as Flink writes it, and headers. */
final class TransportReader {
  private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

  private final FilePaths paths;
  private final HeaderReader headers;

  TransportReader(FilePaths paths, Problems problems) {
    this.paths = paths;
    this.headers = new HeaderReader(problems);
  }

  /** Stores are opened to see that they can be, where this user may. */
  TransportSettings read(Section cluster, Optional<LocationSettings> location) {
    return new TransportSettings(
        ssl(cluster.section("security").section("ssl"), cluster, location), headers.read(cluster));
  }

  private Optional<SslSettings> ssl(
      Section ssl, Section cluster, Optional<LocationSettings> location) {
    Section rest = ssl.section("rest");
    boolean enabled = rest.get("enabled", Values::flag);
    boolean presented = rest.get("authentication-enabled", Values::flag);
    Optional<StoreSettings> truststore = store(rest, "truststore", Optional.empty());
    Optional<StoreSettings> keystore =
        store(rest, "keystore", rest.read("key-password", Values::text).map(Secret::new));
    SslSettings settings =
        new SslSettings(
            truststore,
            keystore.filter(store -> presented),
            ssl.get("verify-hostname", Values::flag),
            rest.section("cert").read("fingerprint", TransportReader::fingerprint),
            ssl.read("protocol", among("protocol", SSLParameters::getProtocols)).orElse(List.of()),
            ssl.read("algorithms", among("cipher suite", SSLParameters::getCipherSuites))
                .orElse(List.of()));
    Optional<String> scheme =
        location
            .filter(LocationSettings.Fixed.class::isInstance)
            .map(fixed -> ((LocationSettings.Fixed) fixed).rest().getScheme());
    if (!enabled) {
      scheme
          .filter("https"::equalsIgnoreCase)
          .ifPresent(https -> refuseUnused(rest, truststore, keystore));
      return Optional.empty();
    }
    if (scheme.filter("http"::equalsIgnoreCase).isPresent()) {
      cluster.fault("rest", "begins with http://, but security.ssl.rest.enabled is set");
    }
    if (presented && keystore.isEmpty() && rest.isSound("keystore")) {
      rest.missing("keystore", "is missing: authentication-enabled needs our certificate and key");
    }
    truststore.ifPresent(store -> probe(rest, "truststore", store, store::certificates));
    settings.keystore().ifPresent(store -> probe(rest, "keystore", store, store::keys));
    return Optional.of(settings);
  }

  private static void refuseUnused(
      Section rest, Optional<StoreSettings> truststore, Optional<StoreSettings> keystore) {
    if (truststore.isPresent() || keystore.isPresent()) {
      rest.fault(
          truststore.isPresent() ? "truststore" : "keystore",
          "has no say while security.ssl.rest.enabled is not true");
    }
  }

  private Optional<StoreSettings> store(Section rest, String name, Optional<Secret> keyPassword) {
    Optional<Secret> password = rest.read(name + "-password", Values::text).map(Secret::new);
    Optional<String> type = rest.read(name + "-type", Values::text);
    return rest.read(name, paths::path)
        .map(file -> new StoreSettings(rest.key() + "." + name, file, password, keyPassword, type));
  }

  private interface Opening {
    Object open() throws StoreSettings.Unusable;
  }

  private static void probe(Section rest, String name, StoreSettings store, Opening opening) {
    if (store.isHidden()) {
      return; // only the daemon may read it, and a person's commands have no need to
    }
    try {
      Object unused = opening.open();
    } catch (StoreSettings.Unusable e) {
      rest.fault(name, e.reason());
    }
  }

  private static String fingerprint(ConfigValue value) {
    String digits = Values.text(value).replaceAll("[:\\s]", "").toLowerCase(Locale.ROOT);
    if (!FINGERPRINT.matcher(digits).matches()) {
      throw new IllegalArgumentException(
          "must be a certificate's SHA-1 or SHA-256, as `keytool -list -v` prints it");
    }
    return digits;
  }

  /** As Flink writes lists: separated by commas. */
  private static Function<ConfigValue, List<String>> among(
      String what, Function<SSLParameters, String[]> known) {
    return value -> {
      List<String> names =
          Arrays.stream(Values.text(value).split(",", -1)).map(String::strip).toList();
      Set<String> possible = Set.of(known.apply(supported()));
      for (String name : names) {
        if (!possible.contains(name)) {
          throw new IllegalArgumentException(
              "this Java knows no " + what + " '" + name + "'" + Suggestion.clause(name, possible));
        }
      }
      return names;
    };
  }

  private static SSLParameters supported() {
    try {
      return SSLContext.getDefault().getSupportedSSLParameters();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has TLS", e);
    }
  }
}
