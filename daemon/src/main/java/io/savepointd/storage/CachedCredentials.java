package io.savepointd.storage;

import java.io.IOException;
import java.util.Optional;
import javax.security.auth.login.LoginException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.UserGroupInformation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The login with what somebody has put into this user's ticket cache with {@code kinit}. */
final class CachedCredentials implements Credentials {
  private static final Logger LOG = LoggerFactory.getLogger(CachedCredentials.class);

  private final Configuration configuration;
  private Optional<UserGroupInformation> user = Optional.empty();

  CachedCredentials(Configuration configuration) {
    this.configuration = configuration;
  }

  @Override
  public String stamp() {
    return "";
  }

  @Override
  public Ticket logIn() throws LoginFault {
    Ticket ticket = probe();
    try {
      if (user.isPresent()) {
        user.get().forceReloginFromTicketCache();
      } else {
        UserGroupInformation.setConfiguration(configuration);
        UserGroupInformation.loginUserFromSubject(null);
        user = Optional.of(UserGroupInformation.getLoginUser());
        LOG.warn(
            "event=kerberos.borrowed principal={} until={} reason=\"there is no keytab, so the"
                + " ticket cache of this user is used, which nobody renews for ever\" next=\"set"
                + " savepointd.storage.kerberos.principal and keytab\"",
            ticket.principal(),
            ticket.until());
      }
      return ticket;
    } catch (IOException | IllegalArgumentException e) {
      throw LoginFault.of("no login from the ticket cache: " + Reasons.of(e), e);
    }
  }

  /** The ticket that is there. */
  Ticket probe() throws LoginFault {
    try {
      return Ticket.inCache();
    } catch (LoginException e) {
      throw LoginFault.here(
          "HDFS asks for Kerberos (hadoop.security.authentication in the site files), but no keytab"
              + " is known and user "
              + System.getProperty("user.name")
              + " has no ticket: set savepointd.storage.kerberos.principal and keytab (under"
              + " systemd LoadCredential=keytab: gives the latter), or kinit",
          e);
    }
  }
}
