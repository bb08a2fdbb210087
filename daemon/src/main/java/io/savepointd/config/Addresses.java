package io.savepointd.config;

import com.typesafe.config.ConfigValue;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/** How the addresses of clusters and of the storage are read. */
final class Addresses {
  private static final Set<String> HTTP = Set.of("http", "https");
  private static final int HIGHEST_PORT = 65_535;

  private Addresses() {}

  /** The base address of a REST API, without a slash at its end. */
  static URI rest(ConfigValue value) {
    String text = Values.text(value).strip();
    URI uri = uri(text.replaceFirst("/+$", ""), text);
    if (uri.getScheme() == null || !HTTP.contains(uri.getScheme().toLowerCase(Locale.ROOT))) {
      throw refused(text, "must begin with http:// or https://", "");
    }
    if (uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException("must not hold a user or password");
    }
    if (uri.getHost() == null) {
      throw refused(text, "names no host", " (letters, digits, '.' and '-'; no '_')");
    }
    if (uri.getPort() == 0 || uri.getPort() > HIGHEST_PORT) {
      throw refused(text, "has no possible port", "");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw refused(text, "must end with the host, the port or a path", ", without '?' and '#'");
    }
    return uri;
  }

  /** A directory on some file system, as it was written. */
  static String storageRoot(ConfigValue value) {
    String text = Values.text(value).strip();
    URI uri = uri(text, text);
    if (uri.getScheme() == null) {
      throw refused(text, "has no scheme", ": hdfs://host:port/path, file:///path");
    }
    // It comes to stand in the path of each savepoint, and so on the ledger and in the log. A part
    // without a password may be the name of a container (Azure).
    if (uri.getRawAuthority() != null && uri.getRawAuthority().matches("[^@]*:.*@.*")) {
      throw new IllegalArgumentException(
          "must not hold a password: such things belong into core-site.xml (HADOOP_CONF_DIR)");
    }
    String path = uri.getPath();
    if (path == null || path.replace("/", "").isEmpty()) {
      throw refused(text, "names no directory", ": hdfs://host:port/path");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw refused(text, "must end with a path", ", without '?' and '#'");
    }
    return text;
  }

  private static URI uri(String text, String written) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      // Unquoted, everything from // on is a comment, and "http:" is all that is left.
      throw refused(
          written,
          "is no address",
          text.endsWith(":") ? ": write it in quotes" : ": " + e.getReason());
    }
  }

  private static IllegalArgumentException refused(String text, String why, String more) {
    return new IllegalArgumentException("'" + text + "' " + why + more);
  }
}
