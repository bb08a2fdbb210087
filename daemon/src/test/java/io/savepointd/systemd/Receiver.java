package io.savepointd.systemd;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import java.nio.charset.StandardCharsets;

/** The other end, as the service manager has it; gives up waiting after ten seconds. */
public final class Receiver implements AutoCloseable {
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVTIMEO = 20;

  private final Libc libc = Native.load("c", Libc.class);
  private final int socket;

  /** The calls that a sender has no use for. */
  interface Libc extends Library {
    int socket(int domain, int type, int protocol) throws LastErrorException;

    int bind(int socket, byte[] address, int length) throws LastErrorException;

    int setsockopt(int socket, int level, int option, long[] value, int length)
        throws LastErrorException;

    NativeLong recv(int socket, byte[] buffer, NativeLong length, int flags)
        throws LastErrorException;

    int close(int socket) throws LastErrorException;
  }

  /** Listens at {@code address}, a path or {@code @} and a name. */
  public Receiver(String address) {
    socket = libc.socket(1, 2, 0);
    byte[] bound = LibcDatagrams.addressOf(address);
    int unused = libc.bind(socket, bound, bound.length);
    unused = libc.setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, new long[] {10, 0}, 16);
  }

  /** The next message. */
  public String next() {
    byte[] buffer = new byte[4096];
    try {
      int length = libc.recv(socket, buffer, new NativeLong(buffer.length), 0).intValue();
      return new String(buffer, 0, length, StandardCharsets.UTF_8);
    } catch (LastErrorException e) {
      throw new IllegalStateException("nothing comes any more", e);
    }
  }

  @Override
  public void close() {
    int unused = libc.close(socket);
  }
}
