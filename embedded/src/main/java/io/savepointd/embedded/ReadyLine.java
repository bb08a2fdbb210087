package io.savepointd.embedded;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;

/**
 * What the parent process is told once everything answers, as one line of JSON.
 *
 * @param averages the file in which {@code print()} of a job ends up
 */
record ReadyLine(URI rest, URI hdfs, InetSocketAddress lines, Path averages) {

  String toJson() {
    return "{\"ready\":true"
        + (",\"rest\":" + quoted(rest))
        + (",\"hdfs\":" + quoted(hdfs))
        + (",\"lines\":{\"host\":" + quoted(lines.getAddress().getHostAddress()))
        + (",\"port\":" + lines.getPort() + "}")
        + (",\"averages\":" + quoted(averages))
        + "}";
  }

  private static String quoted(Object value) {
    StringBuilder json = new StringBuilder("\"");
    value
        .toString()
        .chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                json.append('\\').append((char) c);
              } else if (c < 0x20) {
                json.append(String.format("\\u%04x", c));
              } else {
                json.append((char) c);
              }
            });
    return json.append('"').toString();
  }
}
