package io.savepointd.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every {@code hunter2} is a secret, and what is beside it is none. */
class SecretsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "db.password",
        "DB_PASSWORD",
        "dbPassword",
        "keystore-password",
        "s3.secret-key",
        "s3.secretKey",
        "s3.access-key",
        "s3.access.key",
        "fs.s3a.access.key",
        "fs.azure.account.key.store.blob.core.windows.net",
        "apikey",
        "api-key",
        "metrics.reporter.x.apikey",
        "auth-params",
        "service-key",
        "token",
        "basic-auth",
        "security.jaas.config",
        "http-headers",
        "passphrase",
        "credential",
        "private-key",
        "privateKey"
      })
  void knowsTheKeysOfSecrets(String key) {
    assertThat(Secrets.isSecretKey(key)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jar",
        "args",
        "run-name",
        "keep-last",
        "state.backend.type",
        "keytab",
        "principal",
        "execution.checkpointing.interval",
        "passing"
      })
  void leavesOtherKeysAlone(String key) {
    assertThat(Secrets.isSecretKey(key)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "DB_PASSWORD, true",
    "DB_PWD, true",
    "API_TOKEN, true",
    "PWD, false",
    "OLDPWD, false",
    "CREDENTIALS_DIRECTORY, false",
    "DB_PASSWORD_FILE, false",
    "HOST, false"
  })
  void knowsTheVariablesOfSecrets(String variable, boolean secret) {
    assertThat(Secrets.isSecretVariable(variable)).isEqualTo(secret);
  }

  static List<List<List<String>>> args() {
    return List.of(
        List.of(
            List.of("--host", "h", "--password", "hunter2", "--port", "1"),
            List.of("--host", "h", "--password", "******", "--port", "1")),
        List.of(List.of("--db.password=hunter2", "-v"), List.of("--db.password=******", "-v")),
        List.of(List.of("-Dsecret=hunter2=x"), List.of("-Dsecret=******")),
        List.of(List.of("-D", "secret=hunter2"), List.of("-D", "secret=******")),
        List.of(List.of("password", "hunter2", "more"), List.of("******", "******", "more")),
        List.of(
            List.of("--use-token", "--password", "hunter2", "--host", "h"),
            List.of("--use-token", "******", "******", "--host", "h")),
        List.of(List.of("--password=", "--host", "h"), List.of("--password=", "--host", "h")),
        List.of(List.of("--password-file", "/p"), List.of("--password-file", "/p")),
        List.of(List.of("--password"), List.of("--password")),
        List.of(List.of("--password hunter2"), List.of("******")),
        List.of(
            List.of("{\"token\": \"hunter2\", \"a\": 1}"),
            List.of("{\"token\": \"******\", \"a\": 1}")),
        List.of(List.of("my-hunter2-token"), List.of("******")),
        List.of(
            List.of("jdbc:mysql://h:1/d?user=u&password=hunter2&x=1"),
            List.of("jdbc:mysql://h:1/d?user=u&password=******&x=1")),
        List.of(
            List.of("jdbc:sqlserver://h;user=u;password=hunter2"),
            List.of("jdbc:sqlserver://h;user=u;password=******")),
        List.of(
            List.of("--url", "http://u:hunter2@h:80/p", "--b=ftp://hunter2@h"),
            List.of("--url", "http://******@h:80/p", "--b=ftp://******@h")),
        List.of(List.of("--host", "h", ""), List.of("--host", "h", "")));
  }

  @ParameterizedTest
  @MethodSource("args")
  void masksArguments(List<List<String>> givenAndShown) {
    List<String> shown = Secrets.inArgs(givenAndShown.get(0));

    assertThat(shown).isEqualTo(givenAndShown.get(1));
    assertThat(Secrets.inArgs(shown)).as("masked again").isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "http://u:hunter2@h/p, http://******@h/p",
    "http://u:hunter2@x@h/p, http://******@h/p",
    "http://u:hunter2/x@h/p, http://******@h/p",
    "http://hunter2@h, http://******@h",
    "see http://u:hunter2@h and http://h, see http://******@h and http://h",
    "http://h:80/a@b, http://h:80/a@b",
    "http://h/a@b, http://h/a@b",
    "hdfs://nn:9000/user/x@REALM, hdfs://nn:9000/user/x@REALM",
    "abfss://container@account.dfs.core.windows.net/p, abfss://container@account.dfs.core.windows.net/p",
    "http://h/p?token=hunter2&a=b, http://h/p?token=******&a=b",
    "token: x, token: x"
  })
  void masksAddresses(String given, String shown) {
    assertThat(Secrets.inAddresses(given)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "-Xmx1g -Dpassword=hunter2 -Da=b, -Xmx1g -Dpassword=****** -Da=b",
    "a:b;password:hunter2, a:b;password:******",
    "password: 'hunter2', password: '******'",
    "nothing to hide, nothing to hide"
  })
  void masksTexts(String given, String shown) {
    assertThat(Secrets.inText(given.replace('|', '\''))).isEqualTo(shown.replace('|', '\''));
  }

  @Test
  void masksFlinksSettingsByTheirWholeKeys() {
    assertThat(
            Secrets.inFlinkConfiguration(
                Map.of(
                    "s3.secret-key", "hunter2",
                    "env.java.opts", "-Dtoken=hunter2 -Da=b",
                    "state.backend.type", "rocksdb")))
        .containsOnly(
            Map.entry("s3.secret-key", "******"),
            Map.entry("env.java.opts", "-Dtoken=****** -Da=b"),
            Map.entry("state.backend.type", "rocksdb"));
  }
}
