package io.savepointd.storage;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What Kerberos means by what it says, and what helps. The numbers are those of RFC 4120, section
 * 7.5.9; the texts those of the JDK's {@code sun.security.krb5} and of Hadoop's RPC.
 */
final class KerberosReasons {
  private static final Pattern KERBEROS =
      Pattern.compile("krb|kerberos|gss|sasl|kdc|loginexception|accesscontrol");
  private static final Pattern REFUSED_KEY =
      Pattern.compile(
          "pre-?authentication (information was invalid|failed)|\\(24\\)"
              + "|\\(31\\)|integrity check on decrypted");

  private record Meaning(Pattern said, String meant) {
    private static Meaning of(String said, String meant) {
      return new Meaning(Pattern.compile(said), meant);
    }
  }

  private static final List<Meaning> MEANINGS =
      List.of(
          Meaning.of(
              "\\(37\\)|clock skew",
              "the clocks of this machine and of the KDC or NameNode are more than five minutes"
                  + " apart: set them (chronyc tracking)"),
          Meaning.of(
              REFUSED_KEY.pattern() + "|checksum failed",
              "the KDC or NameNode has another key: export the keytab anew (its key version shows"
                  + " with klist -kt), and see that the clocks agree"),
          Meaning.of(
              "\\(6\\)|client not found",
              "the KDC doesn't know this principal: create it, or correct"
                  + " savepointd.storage.kerberos.principal"),
          Meaning.of(
              "\\(18\\)|credentials have been revoked",
              "the KDC has locked or disabled this principal: have it unlocked"),
          Meaning.of(
              "\\(1\\) |\\(23\\)|entry in database has expired|password has expired",
              "the principal or its key has expired at the KDC: have it extended, and export the"
                  + " keytab anew"),
          Meaning.of(
              "\\(14\\)|no support for encryption type",
              "the KDC and this Java have no encryption type in common: export the keytab with"
                  + " aes256-cts-hmac-sha1-96 or newer"),
          Meaning.of(
              "\\(7\\)|server not found in kerberos",
              "the KDC doesn't know the service: dfs.namenode.kerberos.principal in hdfs-site.xml"
                  + " must be the NameNode's own"),
          Meaning.of(
              "cannot locate kdc|cannot find kdc|can't get kerberos realm|cannot locate default"
                  + " realm|krb5\\.conf|no realm",
              "krb5.conf names no KDC for the realm: see /etc/krb5.conf, or the file that"
                  + " -Djava.security.krb5.conf in SAVEPOINTD_OPTS names"),
          Meaning.of(
              "simple authentication is not enabled",
              "HDFS asks for Kerberos, and the site files don't: point HADOOP_CONF_DIR at the"
                  + " cluster's own, with hadoop.security.authentication=kerberos"),
          Meaning.of(
              "server asks us to fall back to simple",
              "the site files ask for Kerberos, and this HDFS doesn't: point HADOOP_CONF_DIR at its"
                  + " own"),
          Meaning.of(
              "failed to specify server's kerberos principal|server has invalid kerberos principal",
              "dfs.namenode.kerberos.principal in hdfs-site.xml must be the NameNode's own"),
          Meaning.of(
              "find any kerberos tgt|ticket expired|\\(32\\)|unable to obtain password",
              "there is no valid ticket; the log says why the last login failed"),
          Meaning.of(
              "timed out|refused|unreachable|no route|unknownhost|not known|reset",
              "the KDC can't be reached: see that it runs, and the network to its port (88)"));

  private KerberosReasons() {}

  /** The meaning of a failure, if Kerberos is its matter. */
  static Optional<String> of(Throwable failure) {
    String said = said(failure);
    if (!KERBEROS.matcher(said).find()) {
      return Optional.empty();
    }
    return MEANINGS.stream()
        .filter(m -> m.said().matcher(said).find())
        .map(Meaning::meant)
        .findFirst();
  }

  /** Whether the KDC was given a wrong key. */
  static boolean isRefusedKey(Throwable failure) {
    return REFUSED_KEY.matcher(said(failure)).find();
  }

  private static String said(Throwable failure) {
    List<String> texts = new ArrayList<>();
    Set<Throwable> seen = new HashSet<>();
    Throwable next = failure;
    while (next != null && seen.add(next)) {
      texts.add(next.toString());
      next = next.getCause();
    }
    return String.join("\n", texts).toLowerCase(Locale.ROOT);
  }
}
