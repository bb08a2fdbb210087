package io.savepointd.model;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** By which names secrets go; letter case and the separators between words don't matter. */
final class SecretNames {
  private static final List<String> WORDS =
      List.of(
          // Flink's own: GlobalConfiguration.SENSITIVE_KEYS, the union of 1.20's and 2.3's.
          "password",
          "secret",
          "fsazureaccountkey",
          "apikey",
          "authparams",
          "servicekey",
          "token",
          "basicauth",
          "jaasconfig",
          "httpheaders",
          // What else programs and file systems call them.
          "passwd",
          "pwd",
          "passphrase",
          "credential",
          "accesskey",
          "privatekey");

  /** A name that ends so is that of a place where a secret lies, such as --password-file. */
  private static final List<String> PLACES = List.of("file", "path", "dir", "directory");

  /** The shell's working directories. */
  private static final Set<String> NO_SECRETS = Set.of("PWD", "OLDPWD");

  private SecretNames() {}

  /** Whether such a word is in it, as Flink looks at its keys. */
  static boolean in(String text) {
    String plain = plain(text);
    return WORDS.stream().anyMatch(plain::contains);
  }

  /** Whether an option or a variable of this name holds a secret, and not where one lies. */
  static boolean ofValue(String name) {
    String plain = plain(name);
    return in(name) && !NO_SECRETS.contains(name) && PLACES.stream().noneMatch(plain::endsWith);
  }

  /** Whether it is such a word, or ends with one. */
  static boolean endsWithOne(String name) {
    String plain = plain(name);
    return WORDS.stream().anyMatch(plain::endsWith);
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_.]", "");
  }
}
