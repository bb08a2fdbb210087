package io.savepointd.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressFaultsTest {
  @TempDir Path home;

  private static ConfigValue text(String text) {
    return ConfigValueFactory.fromAnyRef(text);
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://host:21, must begin with http",
    "localhost:8081, must begin with http",
    "localhost, must begin with http",
    "http://, is no address",
    "http:///path, names no host",
    "http://job_manager:8081, names no host",
    "http://host:0, has no possible port",
    "http://host:65536, has no possible port",
    "http://me:secret@host:8081, must not hold a user or password",
    "http://host:8081/?a=b, without '?' and '#'",
    "http://host:8081/#/overview, without '?' and '#'",
    "http://ho st, is no address"
  })
  void refusesAddressesOfClusters(String address, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Addresses.rest(text(address)))
        .withMessageContaining(reason);
  }

  @Test
  void keepsPasswordsOutOfTheReason() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Addresses.rest(text("http://me:secret@host:8081")))
        .withMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://host", "https://host:8443", "HTTP://[::1]:8081", "http://rm:8088/proxy/a"})
  void takesAddressesOfClusters(String address) {
    assertThat(Addresses.rest(text(address))).hasToString(address);
    assertThat(Addresses.rest(text(address + "/"))).hasToString(address);
  }

  @ParameterizedTest
  @CsvSource({
    "/flink/savepoints, has no scheme",
    "savepoints, has no scheme",
    "hdfs://namenode:9000, names no directory",
    "hdfs://namenode:9000/, names no directory",
    "file:///, names no directory",
    "hdfs:savepoints, names no directory",
    "hdfs://nn/a?b, without '?' and '#'",
    "hdfs://nn/a b, is no address"
  })
  void refusesStorageRoots(String root, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Addresses.storageRoot(text(root)))
        .withMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hdfs://nn:9000/a", "hdfs:///a/b", "viewfs://grid/a", "file:///tmp/a", "file:/a"})
  void takesStorageRoots(String root) {
    assertThat(Addresses.storageRoot(text(root))).isEqualTo(root);
  }

  @Test
  void pointsAtTheQuotesThatAnAddressNeeds() {
    String text = Installation.LEAST.replace("\"http://localhost:8081\"", "http://localhost:8081");

    // HOCON has no ':' outside quotes, so this never gets as far as an address.
    assertThat(Installation.in(home).problems(text))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.line()).isEqualTo(2);
              assertThat(problem.reason()).contains("syntax error").contains("double quotes");
            });
  }
}
