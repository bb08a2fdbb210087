package io.savepointd.storage;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.kerberos.KerberosTicket;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;

/**
 * A ticket that the KDC has given out.
 *
 * @param until when it ends
 */
record Ticket(String principal, Instant until) {
  private static final String MODULE = "com.sun.security.auth.module.Krb5LoginModule";

  /**
   * Asks the KDC for one and keeps nothing: whoever is logged in stays so, whatever comes of it.
   * Blocks as long as krb5.conf lets it (kdc_timeout, max_retries): 90 s by default.
   */
  static Ticket byKeytab(String principal, Path keytab) throws LoginException {
    return taken(
        Map.of(
            "principal", principal,
            "useKeyTab", "true",
            "keyTab", keytab.toString(),
            "doNotPrompt", "true",
            "refreshKrb5Config", "true"));
  }

  /** Looks for one in the ticket cache of this user. */
  static Ticket inCache() throws LoginException {
    return taken(
        Map.of("useTicketCache", "true", "doNotPrompt", "true", "refreshKrb5Config", "true"));
  }

  private static Ticket taken(Map<String, String> options) throws LoginException {
    Subject subject = new Subject();
    LoginContext context = new LoginContext("savepointd", subject, null, only(options));
    context.login();
    try {
      return subject.getPrivateCredentials(KerberosTicket.class).stream()
          .filter(ticket -> ticket.getServer().getName().startsWith("krbtgt/"))
          .map(t -> new Ticket(t.getClient().getName(), t.getEndTime().toInstant()))
          .findFirst()
          .orElseThrow(() -> new LoginException("the KDC gave no ticket (no krbtgt)"));
    } finally {
      context.logout();
    }
  }

  private static Configuration only(Map<String, String> options) {
    return new Configuration() {
      @Override
      public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
        return new AppConfigurationEntry[] {
          new AppConfigurationEntry(MODULE, LoginModuleControlFlag.REQUIRED, options)
        };
      }
    };
  }
}
