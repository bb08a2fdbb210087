package io.savepointd.ledger;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * The checksum at the end of each line, without which a digit that has turned into another would be
 * believed: field {@code c}, the CRC32C of everything before it in hex. Lines without one were
 * written before there were checksums, and are taken as they are.
 */
final class LineSeal {
  private static final String FIELD = ",\"c\":\"";
  private static final String END = "\"}";
  private static final int DIGITS = 8;
  private static final int LENGTH = FIELD.length() + DIGITS + END.length();

  private LineSeal() {}

  /** The line with its checksum, which takes the place before the last bracket. */
  static String seal(String line) {
    String body = line.substring(0, line.length() - 1);
    return body + FIELD + checksum(body) + END;
  }

  /** Refuses a line that has a checksum and isn't what it was made of. */
  static void check(String line) throws UnreadableLine {
    if (sealed(line) && !intact(line)) {
      throw new UnreadableLine(
          "the line doesn't fit its checksum: it isn't what was written any more");
    }
  }

  /** Whether the line has a checksum, and the right one. */
  static boolean intact(String line) {
    int body = line.length() - LENGTH;
    return sealed(line)
        && line.startsWith(checksum(line.substring(0, body)), body + FIELD.length());
  }

  private static boolean sealed(String line) {
    return line.length() > LENGTH
        && line.startsWith(FIELD, line.length() - LENGTH)
        && line.endsWith(END);
  }

  private static String checksum(String body) {
    CRC32C crc = new CRC32C();
    crc.update(body.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
