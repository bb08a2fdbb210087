package io.savepointd.job.input;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Cuts a stream of bytes into lines that end with LF or CRLF. What isn't a whole line of bearable
 * length is passed on with a remark that makes it a bad line: a number cut short would be a wrong
 * number.
 */
final class LineDecoder {
  private static final int EXCERPT = 64;

  private final int maxBytes;
  private final LineSink sink;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private boolean tooLong;

  LineDecoder(int maxBytes, LineSink sink) {
    this.maxBytes = maxBytes;
    this.sink = sink;
  }

  /** Passes on every line that these bytes complete. */
  void feed(byte[] bytes, int length) throws InterruptedException {
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\n') {
        pass(tooLong ? excerpt() + " … (a line of more than " + maxBytes + " bytes)" : text());
      } else if (line.size() < maxBytes) {
        line.write(bytes[i]);
      } else {
        tooLong = true;
      }
    }
  }

  /** Passes on what is left when the peer has closed the connection. */
  void end() throws InterruptedException {
    if (line.size() > 0) {
      pass(excerpt() + " … (the connection ended within this line)");
    }
  }

  private void pass(String text) throws InterruptedException {
    line.reset();
    tooLong = false;
    sink.accept(text);
  }

  private String text() {
    String text = line.toString(StandardCharsets.UTF_8);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private String excerpt() {
    String text = text();
    return text.substring(0, Math.min(text.length(), EXCERPT));
  }
}
