package io.savepointd.packages;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Files as {@code gzip -9n} makes them, the same bytes each time. The JDK's own stream doesn't say
 * in the header (RFC 1952) that it was the best compression, which Debian's policy asks for.
 */
final class Gzip {
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 2, 3};

  private Gzip() {}

  static byte[] best(byte[] content) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    Deflater best = new Deflater(Deflater.BEST_COMPRESSION, true);
    file.writeBytes(HEADER);
    try (DeflaterOutputStream deflated = new DeflaterOutputStream(file, best)) {
      deflated.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can always be written to", e);
    } finally {
      best.end();
    }
    CRC32 crc = new CRC32();
    crc.update(content);
    ByteBuffer end = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    file.writeBytes(end.putInt((int) crc.getValue()).putInt(content.length).array());
    return file.toByteArray();
  }
}
