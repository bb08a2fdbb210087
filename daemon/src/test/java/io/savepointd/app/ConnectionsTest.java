package io.savepointd.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
  /** A NameNode that is gone fails the closing too, and the daemon has to outlive that. */
  @Test
  void closesTheStoreThoughTheLedgerCannotBeClosed() {
    List<String> closed = new ArrayList<>();

    Connections.closeInTurn(
        () -> {
          throw new UncheckedIOException(new IOException("no NameNode"));
        },
        () -> closed.add("store"));

    assertThat(closed).containsExactly("store");
  }
}
