package io.savepointd.storage;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/**
 * A look at whether a login would succeed, which logs nobody in. Blocks for as long as the KDC is
 * silent, by krb5.conf: 90 s by default.
 */
public final class KerberosCheck {
  private final Optional<KerberosSettings> settings;
  private final Optional<Path> hadoopConfDir;

  /** With what a daemon would have. */
  public KerberosCheck(Optional<KerberosSettings> settings, Optional<Path> hadoopConfDir) {
    this.settings = settings;
    this.hadoopConfDir = hadoopConfDir;
  }

  /** What was found. */
  public sealed interface Result {}

  /** Neither HDFS nor the configuration asks for it. */
  public record NotAsked() implements Result {}

  /**
   * The KDC has given a ticket, or one was there.
   *
   * @param principal whose it is
   * @param until when it ends
   * @param source where it came from: a keytab and its key versions, or the ticket cache
   * @param warning what should be mended all the same
   */
  public record Good(String principal, Instant until, String source, Optional<String> warning)
      implements Result {}

  /** No login is possible now; the reason holds the remedy. */
  public record Bad(String reason) implements Result {}

  /**
   * Looks.
   *
   * @throws IllegalArgumentException if there are no site files where there should be
   */
  public Result look() {
    Configuration configuration = HadoopSettings.load(hadoopConfDir);
    boolean secured = HadoopSettings.asksForKerberos(configuration);
    if (!secured) {
      return settings.isPresent() ? new Bad(HadoopLogin.notSecured(hadoopConfDir)) : new NotAsked();
    }
    try {
      return settings.isPresent()
          ? byKeytab(new KeytabCredentials(settings.get(), configuration))
          : byCache(new CachedCredentials(configuration));
    } catch (LoginFault e) {
      return new Bad(e.getMessage());
    }
  }

  private static Good byKeytab(KeytabCredentials credentials) throws LoginFault {
    KeytabCredentials.Good good = credentials.probe();
    String versions =
        good.versions().stream().map(String::valueOf).collect(Collectors.joining(", "));
    return new Good(
        good.ticket().principal(),
        good.ticket().until(),
        credentials.file() + " (key version " + versions + ")",
        credentials.tooOpen());
  }

  private static Good byCache(CachedCredentials credentials) throws LoginFault {
    Ticket ticket = credentials.probe();
    return new Good(
        ticket.principal(),
        ticket.until(),
        "the ticket cache of this user",
        Optional.of(
            "nobody renews a ticket cache for ever: set savepointd.storage.kerberos.principal and"
                + " keytab"));
  }
}
