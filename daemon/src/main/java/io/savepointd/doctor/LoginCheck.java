package io.savepointd.doctor;

import io.savepointd.storage.KerberosCheck;
import java.io.IOException;
import java.util.Optional;

/** Whether HDFS's Kerberos lets this user in, where there is one. */
final class LoginCheck implements Check {
  static final String NAME = "kerberos";

  private final Surroundings world;

  LoginCheck(Surroundings world) {
    this.world = world;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Verdict look() throws IOException {
    KerberosCheck.Result found = world.login();
    if (found instanceof KerberosCheck.Bad bad) {
      return new Verdict.Failed(bad.reason(), "docs/operations.md has a table of these: Kerberos");
    } else if (found instanceof KerberosCheck.Good good) {
      String ticket = good.principal() + " until " + good.until() + ", by " + good.source();
      Optional<String> warning = good.warning();
      return warning.isPresent() ? new Verdict.Warn(ticket, warning.get()) : new Verdict.Ok(ticket);
    }
    return new Verdict.Ok("not asked for");
  }

  @Override
  public String remedy(IOException failure) {
    return "mend what is named, or see that this machine reaches the KDC that krb5.conf names";
  }
}
