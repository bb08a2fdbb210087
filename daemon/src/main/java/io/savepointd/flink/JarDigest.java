package io.savepointd.flink;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests a jar's content, so that jars are told apart by what is in them, not by their names. */
public final class JarDigest {
  private JarDigest() {}

  /** SHA-256 of the whole file in lower-case hexadecimal; streams it, whatever its size. */
  public static String of(Path jar) throws IOException {
    return of(jar, () -> {});
  }

  /** As {@link #of(Path)}; tells {@code onProgress} of each piece that was read. */
  public static String of(Path jar, Runnable onProgress) throws IOException {
    MessageDigest digest = sha256();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(jar)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
        onProgress.run();
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must provide SHA-256", e);
    }
  }
}
