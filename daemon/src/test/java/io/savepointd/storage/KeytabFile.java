package io.savepointd.storage;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.security.auth.kerberos.KerberosKey;
import javax.security.auth.kerberos.KerberosPrincipal;

/** Writes keytabs of format 0x0502 (MIT's krb5 documentation, "Keytab file format"). */
final class KeytabFile {
  private static final int AES_256 = 18;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  KeytabFile() throws IOException {
    out.writeShort(0x0502);
  }

  /** With a key of AES-256 of that version; a name of one or two parts, and a realm. */
  KeytabFile with(String principal, int version) throws IOException {
    return with(principal, version, AES_256);
  }

  /** The same with an encryption type that may be none. */
  KeytabFile with(String principal, int version, int encryption) throws IOException {
    String[] nameAndRealm = principal.split("@", 2);
    String[] parts = nameAndRealm[0].split("/", -1);
    ByteArrayOutputStream entryBytes = new ByteArrayOutputStream();
    DataOutputStream entry = new DataOutputStream(entryBytes);
    entry.writeShort(parts.length);
    entry.writeUTF(nameAndRealm[1]);
    for (String part : parts) {
      entry.writeUTF(part);
    }
    entry.writeInt(KerberosPrincipal.KRB_NT_PRINCIPAL);
    entry.writeInt(0);
    entry.writeByte(version);
    byte[] key =
        new KerberosKey(
                new KerberosPrincipal(principal), "secret".toCharArray(), "aes256-cts-hmac-sha1-96")
            .getEncoded();
    entry.writeShort(encryption);
    entry.writeShort(key.length);
    entry.write(key);
    out.writeInt(entryBytes.size());
    entryBytes.writeTo(out);
    return this;
  }

  Path in(Path file) throws IOException {
    return Files.write(file, bytes.toByteArray());
  }
}
