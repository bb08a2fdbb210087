package io.savepointd.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class GzipTest {
  private static final byte[] TEXT = "savepoint ".repeat(1000).getBytes(StandardCharsets.UTF_8);

  @Test
  void isReadBackByTheJdk() throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(Gzip.best(TEXT)))) {
      assertThat(in.readAllBytes()).isEqualTo(TEXT);
    }
  }

  @Test
  void isTheSameEachTimeAndBearsNoTime() {
    assertThat(Gzip.best(TEXT)).isEqualTo(Gzip.best(TEXT));
    assertThat(Gzip.best(TEXT)).startsWith(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2);
  }
}
