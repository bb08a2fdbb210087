package io.savepointd.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadyLineTest {

  @Test
  void isOneLineOfJson() throws Exception {
    assertThat(json(Path.of("/w/averages.out")))
        .isEqualTo(
            "{\"ready\":true,\"rest\":\"http://127.0.0.1:8081\",\"hdfs\":\"hdfs://127.0.0.1:8020\","
                + "\"lines\":{\"host\":\"127.0.0.1\",\"port\":9999},"
                + "\"averages\":\"/w/averages.out\"}");
  }

  @Test
  void oddPathsStayWithinTheirQuotes() throws Exception {
    assertThat(json(Path.of("/a \"b\"\\\n/ü"))).endsWith("\"/a \\\"b\\\"\\\\\\u000a/ü\"}");
  }

  private static String json(Path averages) throws Exception {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    return new ReadyLine(
            URI.create("http://127.0.0.1:8081"),
            URI.create("hdfs://127.0.0.1:8020"),
            new InetSocketAddress(loopback, 9999),
            averages)
        .toJson();
  }
}
