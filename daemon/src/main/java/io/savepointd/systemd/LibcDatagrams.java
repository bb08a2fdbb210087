package io.savepointd.systemd;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Datagrams to a Unix domain socket by the C library's own calls, since the JDK knows such sockets
 * as streams only. JNA is loaded with the first message, which takes some 0.2 s; it unpacks its
 * library into {@code jna.tmpdir}, else {@code java.io.tmpdir}, which must allow that and must not
 * be mounted noexec.
 */
final class LibcDatagrams implements Datagrams {
  /** Of Linux, on every architecture that a JDK is built for. */
  private static final int AF_UNIX = 1;

  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_NOSIGNAL = 0x4000;

  /** Of {@code sun_path}, its closing zero included (unix(7)). */
  private static final int LONGEST_PATH = 108;

  private final byte[] address;

  /** To {@code socket}: an absolute path, or {@code @} and an abstract name. */
  LibcDatagrams(String socket) {
    this.address = addressOf(socket);
  }

  /** The few calls that are needed; a negative result is thrown with its errno. */
  interface Libc extends Library {
    int socket(int domain, int type, int protocol) throws LastErrorException;

    NativeLong sendto(
        int socket, byte[] message, NativeLong length, int flags, byte[] address, int addressLength)
        throws LastErrorException;

    int close(int socket) throws LastErrorException;
  }

  /** A {@code sockaddr_un}: an abstract name begins with a zero and has none at its end. */
  static byte[] addressOf(String socket) {
    boolean named = socket.startsWith("@");
    byte[] path =
        (named ? "\0" + socket.substring(1) : socket + "\0").getBytes(StandardCharsets.UTF_8);
    if (!(named || socket.startsWith("/")) || path.length > LONGEST_PATH) {
      throw new IllegalArgumentException("'" + socket + "' can't be the address of a Unix socket");
    }
    return ByteBuffer.allocate(Short.BYTES + path.length)
        .order(ByteOrder.nativeOrder())
        .putShort((short) AF_UNIX)
        .put(path)
        .array();
  }

  @Override
  public void send(byte[] message) throws IOException {
    try {
      Libc libc = Native.load("c", Libc.class);
      int socket = libc.socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
      try {
        NativeLong unused =
            libc.sendto(
                socket,
                message,
                new NativeLong(message.length),
                MSG_DONTWAIT | MSG_NOSIGNAL,
                address,
                address.length);
      } finally {
        int unused = libc.close(socket);
      }
    } catch (LastErrorException e) {
      throw new IOException(e.getMessage(), e);
    } catch (LinkageError e) {
      throw new IOException("JNA can't be loaded: " + e.getMessage(), e);
    }
  }
}
