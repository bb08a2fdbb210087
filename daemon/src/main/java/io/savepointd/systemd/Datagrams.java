package io.savepointd.systemd;

import java.io.IOException;

/** Where messages to the service manager go. */
@FunctionalInterface
public interface Datagrams {
  /** Sends one message; never waits for the receiver. */
  void send(byte[] message) throws IOException;
}
