package io.savepointd.app;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where something lies, as Hadoop and Flink write it: like a URI, but with nothing escaped, so that
 * a space is a space and {@code %20} is three characters.
 *
 * @param authority such as {@code namenode:9000}
 * @param path absolute
 */
record Address(String scheme, Optional<String> authority, String path) {
  private static final Pattern SHAPE =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(?://([^/]*))?+(/.*)");

  /** Empty if the text isn't a full address. */
  static Optional<Address> of(String text) {
    Matcher matcher = SHAPE.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new Address(
                matcher.group(1),
                Optional.ofNullable(matcher.group(2)).filter(a -> !a.isEmpty()),
                matcher.group(3)))
        : Optional.empty();
  }

  /** On the file system of {@code root}, if nothing here says that it is another one. */
  Address on(Address root) {
    return authority.isEmpty() && scheme.equalsIgnoreCase(root.scheme()) ? root.at(path) : this;
  }

  /** Another path on the same file system. */
  Address at(String other) {
    return new Address(scheme, authority, other);
  }

  /** The same with its path escaped. */
  URI toUri() throws URISyntaxException {
    return new URI(scheme, authority.orElse(null), path, null, null);
  }

  @Override
  public String toString() {
    return scheme + "://" + authority.orElse("") + path;
  }
}
