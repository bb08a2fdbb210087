package io.savepointd.model;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.TreeMap;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Digests all that a run is started with, secrets included. Many may read the ledger, where the
 * digest stands beside everything but the secrets: so that nobody finds a poor password by trying,
 * a launch that has any is digested slowly.
 */
final class LaunchDigest {
  /** About a fifth of a second; only where there are secrets, and once for each configuration. */
  private static final int ROUNDS = 200_000;

  private LaunchDigest() {}

  static LaunchId of(Job job, String jarDigest, boolean allowNonRestoredState, Digesting way) {
    byte[] plain = sha256(bytes(job, jarDigest, allowNonRestoredState));
    return new LaunchId(HexFormat.of().formatHex(way == Digesting.SLOW ? slowly(plain) : plain));
  }

  private static byte[] bytes(Job job, String jarDigest, boolean allowNonRestoredState) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      text(out, job.cluster().value());
      text(out, jarDigest);
      text(out, job.entryClass().orElse(""));
      out.writeInt(job.args().size());
      for (String arg : job.args()) {
        text(out, arg);
      }
      out.writeInt(job.parallelism().orElse(0));
      TreeMap<String, String> options = new TreeMap<>(job.flinkConfiguration());
      out.writeInt(options.size());
      for (var option : options.entrySet()) {
        text(out, option.getKey());
        text(out, option.getValue());
      }
      out.writeBoolean(allowNonRestoredState);
    } catch (IOException e) {
      throw new IllegalStateException("memory can't fail", e);
    }
    return bytes.toByteArray();
  }

  /** With its length, so that two texts never read like two others. */
  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(encoded.length);
    out.write(encoded);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform must provide SHA-256", e);
    }
  }

  private static byte[] slowly(byte[] digest) {
    char[] text = HexFormat.of().formatHex(digest).toCharArray();
    byte[] salt = "savepointd launch".getBytes(StandardCharsets.US_ASCII);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
          .generateSecret(new PBEKeySpec(text, salt, ROUNDS, 256))
          .getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK brings PBKDF2WithHmacSHA256 along", e);
    }
  }
}
