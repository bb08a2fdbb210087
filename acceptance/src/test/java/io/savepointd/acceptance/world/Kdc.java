package io.savepointd.acceptance.world;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import javax.security.auth.kerberos.KerberosKey;
import javax.security.auth.kerberos.KerberosPrincipal;
import org.apache.hadoop.minikdc.MiniKdc;

/**
 * Hadoop's MiniKdc in this process, behind a port that can be shut: stopped and started again it
 * would have other keys. What it says of itself to this JVM is put back by {@link #close}.
 */
public final class Kdc implements AutoCloseable {

  private final MiniKdc kdc;
  private final Relay relay;
  private final Path dir;

  private Kdc(MiniKdc kdc, Relay relay, Path dir) {
    this.kdc = kdc;
    this.relay = relay;
    this.dir = dir;
  }

  /** Starts one whose tickets last so long. */
  public static Kdc start(Path parent, Duration ticketLifetime) throws IOException {
    Path dir = Files.createDirectories(parent.resolve("kdc"));
    try {
      MiniKdc kdc = miniKdc(dir, ticketLifetime);
      Kdc started = new Kdc(kdc, Relay.to(kdc.getPort()), dir);
      Files.writeString(started.krb5Conf(), started.configuration());
      System.setProperty(MiniKdc.JAVA_SECURITY_KRB5_CONF, started.krb5Conf().toString());
      return started;
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) { // MiniKdc declares nothing narrower
      throw new IOException("no KDC", e);
    }
  }

  private static MiniKdc miniKdc(Path dir, Duration ticketLifetime) throws Exception {
    Properties properties = MiniKdc.createConf();
    properties.setProperty(MiniKdc.KDC_BIND_ADDRESS, "127.0.0.1");
    properties.setProperty(MiniKdc.MIN_TICKET_LIFETIME, "1");
    properties.setProperty(MiniKdc.MAX_TICKET_LIFETIME, ticketLifetime.toSeconds() + "");
    MiniKdc kdc = new MiniKdc(properties, dir.toFile());
    kdc.start();
    return kdc;
  }

  private String configuration() {
    return """
        [libdefaults]
          default_realm = %s
          udp_preference_limit = 1
          dns_lookup_kdc = false
          dns_lookup_realm = false
          kdc_timeout = 3000
          max_retries = 1
        [realms]
          %s = {
            kdc = 127.0.0.1:%d
          }
        """
        .formatted(realm(), realm(), relay.port());
  }

  public Path krb5Conf() {
    return dir.resolve("krb5.conf");
  }

  public String realm() {
    return kdc.getRealm();
  }

  /** Makes principals with random keys; the file holds them. Names go without the realm. */
  public Path keytab(String file, String... principals) throws IOException {
    Path keytab = dir.resolve(file);
    try {
      kdc.createPrincipal(keytab.toFile(), principals);
    } catch (Exception e) { // MiniKdc declares nothing narrower
      throw new IOException("no principals " + String.join(", ", principals), e);
    }
    return keytab;
  }

  /**
   * A keytab that looks like that principal's, with a key that the KDC doesn't know, of an
   * encryption type that it does.
   */
  public Path forged(String file, String principal) throws IOException {
    KerberosPrincipal account = new KerberosPrincipal(principal + "@" + realm());
    KerberosKey key =
        new KerberosKey(account, "not the password".toCharArray(), "aes128-cts-hmac-sha1-96");
    ByteArrayOutputStream entry = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(entry)) {
      out.writeShort(1); // so many parts of a name
      out.writeUTF(realm()); // for ASCII it is what a keytab has: a short for the length, the bytes
      out.writeUTF(principal);
      out.writeInt(KerberosPrincipal.KRB_NT_PRINCIPAL);
      out.writeInt(0); // when it was made
      out.writeByte(1); // version of the key
      out.writeShort(key.getKeyType());
      out.writeShort(key.getEncoded().length);
      out.write(key.getEncoded());
    }
    Path keytab = dir.resolve(file);
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(keytab))) {
      out.writeShort(0x0502); // the file format's version
      out.writeInt(entry.size());
      entry.writeTo(out);
    }
    return keytab;
  }

  /** How often somebody has asked for anything so far. */
  public int conversations() {
    return relay.conversations();
  }

  /** It can't be reached any more. */
  public void shut() throws IOException {
    relay.shut();
  }

  /** It can be reached again, and knows all that it knew. */
  public void reopen() throws IOException {
    relay.reopen();
  }

  @Override
  public void close() {
    relay.close();
    kdc.stop();
    System.clearProperty(MiniKdc.JAVA_SECURITY_KRB5_CONF);
  }
}
