package io.savepointd.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"hdfs://nn:9000/my root", "hdfs://nn:9000/my%20root", "file:/tmp/ä b%", "file:/a"})
  void escapesWhatAUriMayNotHold(String text) throws URISyntaxException {
    Address address = Address.of(text).orElseThrow();

    assertThat(address.toUri().getPath()).isEqualTo(address.path());
    assertThat(text).endsWith(address.path());
  }

  @Test
  void keepsTheHostInTheUri() throws URISyntaxException {
    assertThat(Address.of("hdfs://nn:9000/a b").orElseThrow().toUri())
        .hasToString("hdfs://nn:9000/a%20b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/a", "a/b", "hdfs:", "hdfs://nn", "hdfs:a", "1:/a"})
  void isNothingLess(String text) {
    assertThat(Address.of(text)).isEmpty();
  }
}
