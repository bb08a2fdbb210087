package io.savepointd.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import javax.security.auth.login.LoginException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KerberosReasonsTest {
  /** The texts as the JDK's {@code KrbException} has them in a LoginException. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Pre-authentication information was invalid (24)|export the keytab anew",
        "Pre-authentication information was invalid (24) - PREAUTH_FAILED|export the keytab anew",
        "Integrity check on decrypted field failed (31)|export the keytab anew",
        "Checksum failed|export the keytab anew",
        "Client not found in Kerberos database (6)|doesn't know this principal",
        "Client not found in Kerberos database (6) - CLIENT_NOT_FOUND|doesn't know this principal",
        "Clients credentials have been revoked (18) - LOCKED_OUT|have it unlocked",
        "Client's entry in database has expired (1) - CLIENT EXPIRED|have it extended",
        "Password has expired - change password to reset (23)|have it extended",
        "Clock skew too great (37) - PREAUTH_FAILED|set them",
        "KDC has no support for encryption type (14)|no encryption type in common",
        "Cannot locate KDC|krb5.conf names no KDC",
        "Cannot locate default realm|krb5.conf names no KDC",
        "Receive timed out|KDC can't be reached",
        "Connection refused (Connection refused)|KDC can't be reached",
        "Unable to obtain password from user|no valid ticket"
      })
  void tellsWhatALoginsFailureMeans(String said, String meant) {
    assertThat(KerberosReasons.of(new LoginException(said)))
        .hasValueSatisfying(reason -> assertThat(reason).contains(meant));
  }

  @Test
  void looksThroughWhatHadoopWrapsAroundIt() {
    IOException failure =
        new IOException(
            "DestHost:destPort nn:9000 , LocalHost:localPort h/127.0.0.1:0. Failed on local"
                + " exception: java.io.IOException: Couldn't set up IO streams",
            new IOException(
                "javax.security.sasl.SaslException: GSS initiate failed [Caused by GSSException: No"
                    + " valid credentials provided (Mechanism level: Failed to find any Kerberos"
                    + " tgt)]"));

    assertThat(Reasons.of(failure)).startsWith("IOException: DestHost").contains("no valid ticket");
  }

  @Test
  void tellsThatTheSiteFilesDontAskForWhatHdfsDoes() {
    IOException failure =
        new IOException(
            "org.apache.hadoop.security.AccessControlException: SIMPLE authentication is not"
                + " enabled.  Available:[TOKEN, KERBEROS]");

    assertThat(Reasons.of(failure)).contains("HADOOP_CONF_DIR");
  }

  @Test
  void keepsOutOfWhatHasNothingToDoWithIt() {
    assertThat(KerberosReasons.of(new ConnectException("Connection refused"))).isEmpty();
    assertThat(KerberosReasons.of(new SocketTimeoutException("Read timed out"))).isEmpty();
    assertThat(Reasons.of(new ConnectException("Connection refused")))
        .isEqualTo("ConnectException: Connection refused");
  }

  @Test
  void knowsWhatAKdcCountsAsAWrongPassword() {
    assertThat(LoginFault.of("x", new LoginException("Pre-authentication failed (24)")).refused())
        .isTrue();
    assertThat(LoginFault.of("x", new LoginException("Integrity check … (31)")).refused()).isTrue();
    assertThat(LoginFault.of("x", new LoginException("Receive timed out")).refused()).isFalse();
    assertThat(LoginFault.here("there is no keytab").refused()).isFalse();
  }
}
