package io.savepointd.flink;

import io.savepointd.model.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.UnrecoverableKeyException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A file with certificates or keys.
 *
 * @param key of the setting that names it, for messages
 * @param password of the file
 * @param keyPassword of the private key in it; the file's if empty
 * @param type such as {@code PKCS12}; found out if empty
 */
public record StoreSettings(
    String key,
    Path file,
    Optional<Secret> password,
    Optional<Secret> keyPassword,
    Optional<String> type) {

  /** A store that can't be used; its message names setting, file and remedy. */
  public static final class Unusable extends IOException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    Unusable(String key, String reason, Throwable cause) {
      super(key + ": " + reason, cause);
      this.reason = reason;
    }

    /** The same without the setting. */
    public String reason() {
      return reason;
    }
  }

  /** Whether this user may look into it at all. */
  public boolean isHidden() {
    return Files.exists(file) && !Files.isReadable(file);
  }

  /** Opens it as one of whom to believe. */
  public KeyStore certificates() throws Unusable {
    KeyStore store = open();
    if (entries(store).stream().noneMatch(alias -> isTrusted(store, alias))) {
      throw unusable(
          "holds no trusted certificate; `keytool -importcert -trustcacerts` puts one in, and marks"
              + " it as openssl doesn't",
          null);
    }
    return store;
  }

  /** Opens it as the one of who we are, and tries the key. */
  public KeyStore keys() throws Unusable {
    KeyStore store = open();
    List<String> keys = entries(store).stream().filter(alias -> isKey(store, alias)).toList();
    if (keys.isEmpty()) {
      throw unusable("holds no private key with its certificate", null);
    }
    for (String alias : keys) {
      try {
        store.getKey(alias, secretOfKey());
      } catch (UnrecoverableKeyException e) {
        throw unusable("the password of its key '" + alias + "' is wrong (key-password)", e);
      } catch (GeneralSecurityException e) {
        throw unusable("its key '" + alias + "' can't be used: " + e.getMessage(), e);
      }
    }
    return store;
  }

  /** The password that the private key is asked with. */
  char[] secretOfKey() {
    return keyPassword.or(() -> password).map(secret -> secret.value().toCharArray()).orElse(null);
  }

  private KeyStore open() throws Unusable {
    if (!Files.exists(file)) {
      throw unusable("there is no such file", null);
    }
    if (!Files.isReadable(file)) {
      throw unusable("it may not be read by " + System.getProperty("user.name"), null);
    }
    char[] secret = password.map(p -> p.value().toCharArray()).orElse(null);
    try {
      if (type.isEmpty()) {
        return KeyStore.getInstance(file.toFile(), secret);
      }
      KeyStore store = KeyStore.getInstance(type.get());
      try (InputStream in = Files.newInputStream(file)) {
        store.load(in, secret);
      }
      return store;
    } catch (KeyStoreException e) {
      throw unusable(
          type.map(t -> "there is no type of store called '" + t + "'")
              .orElse("it is no key store: PKCS12 and JKS are understood"),
          e);
    } catch (IOException e) {
      // As KeyStore.load tells a wrong password from a file that is none.
      boolean wrong = e.getCause() instanceof UnrecoverableKeyException;
      throw unusable(
          wrong
              ? "its password is wrong (" + name() + "-password)"
              : "it can't be read" + type.map(t -> " as " + t).orElse("") + ": " + e.getMessage(),
          e);
    } catch (GeneralSecurityException e) {
      throw unusable("it can't be read: " + e.getMessage(), e);
    }
  }

  private String name() {
    return key.substring(key.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private Unusable unusable(String why, Throwable cause) {
    return new Unusable(key, file + ": " + why, cause);
  }

  private List<String> entries(KeyStore store) throws Unusable {
    try {
      return Collections.list(store.aliases());
    } catch (KeyStoreException e) {
      throw unusable("it can't be read: " + e.getMessage(), e);
    }
  }

  private static boolean isTrusted(KeyStore store, String alias) {
    try {
      return store.isCertificateEntry(alias);
    } catch (KeyStoreException e) {
      throw new IllegalStateException("a store that was just loaded", e);
    }
  }

  private static boolean isKey(KeyStore store, String alias) {
    try {
      return store.isKeyEntry(alias);
    } catch (KeyStoreException e) {
      throw new IllegalStateException("a store that was just loaded", e);
    }
  }
}
