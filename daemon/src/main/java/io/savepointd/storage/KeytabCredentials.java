package io.savepointd.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.security.auth.kerberos.KerberosPrincipal;
import javax.security.auth.login.LoginException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonConfigurationKeysPublic;
import org.apache.hadoop.security.SecurityUtil;
import org.apache.hadoop.security.UserGroupInformation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The login with a keytab. Hadoop's own renewal drops the old ticket before it asks for a new one
 * ({@code UserGroupInformation.unprotectedRelogin}), so the KDC is asked here first, apart from it.
 */
final class KeytabCredentials implements Credentials {
  private static final Logger LOG = LoggerFactory.getLogger(KeytabCredentials.class);

  /** Or a call that fails would offer a wrong key every minute, whatever our own pace. */
  private static final long SECONDS_BETWEEN_HADOOPS_OWN = 600;

  private final KerberosSettings settings;
  private final Configuration configuration;
  private final Keytab keytab;
  private String warned = "";
  private Optional<UserGroupInformation> user = Optional.empty();

  KeytabCredentials(KerberosSettings settings, Configuration configuration) {
    this.settings = settings;
    this.configuration = configuration;
    this.keytab = new Keytab(settings.keytab());
  }

  @Override
  public String stamp() {
    return keytab.stamp();
  }

  /** The ticket that the KDC gives for this keytab, and the versions of its keys. */
  record Good(Ticket ticket, List<Integer> versions) {}

  /** Asks for a ticket without logging in. */
  Good probe() throws LoginFault {
    KerberosPrincipal principal = principal();
    List<Integer> versions = keytab.versions(principal);
    try {
      return new Good(Ticket.byKeytab(principal.getName(), settings.keytab()), versions);
    } catch (LoginException e) {
      throw fault(principal, e);
    }
  }

  /** The keytab's. */
  Path file() {
    return settings.keytab();
  }

  Optional<String> tooOpen() {
    return keytab.tooOpen();
  }

  @Override
  public Ticket logIn() throws LoginFault {
    tooOpen().filter(w -> !w.equals(warned)).ifPresent(this::warn);
    Ticket ticket = probe().ticket();
    try {
      if (user.isPresent()) {
        user.get().forceReloginFromKeytab();
      } else {
        configuration.setLong(
            CommonConfigurationKeysPublic.HADOOP_KERBEROS_MIN_SECONDS_BEFORE_RELOGIN,
            SECONDS_BETWEEN_HADOOPS_OWN);
        UserGroupInformation.setConfiguration(configuration);
        UserGroupInformation.loginUserFromKeytab(ticket.principal(), settings.keytab().toString());
        user = Optional.of(UserGroupInformation.getLoginUser());
      }
      return ticket;
    } catch (IOException | IllegalArgumentException e) {
      throw fault(ticket.principal(), e);
    }
  }

  private void warn(String tooOpen) {
    LOG.warn("event=kerberos.keytab-open reason=\"{}\" next=\"it is used all the same\"", tooOpen);
    warned = tooOpen;
  }

  /** In full: with this machine's name and the realm. */
  private KerberosPrincipal principal() throws LoginFault {
    try {
      // "0.0.0.0" is how Hadoop's servers ask for the name of the machine they are on.
      return new KerberosPrincipal(
          SecurityUtil.getServerPrincipal(settings.principal(), "0.0.0.0"));
    } catch (IOException | IllegalArgumentException e) {
      throw fault(settings.principal(), e);
    }
  }

  private LoginFault fault(Object principal, Throwable cause) {
    return LoginFault.of(
        "no login as %s with %s: %s".formatted(principal, settings.keytab(), Reasons.of(cause)),
        cause);
  }
}
