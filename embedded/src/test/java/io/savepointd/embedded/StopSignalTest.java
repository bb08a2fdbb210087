package io.savepointd.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StopSignalTest {

  @Test
  void theEndOfTheInputIsTheSignal() throws Exception {
    PipedOutputStream parent = new PipedOutputStream();
    StopSignal signal = StopSignal.watching(new PipedInputStream(parent));
    signal.done();

    parent.write('\n');
    assertThat(signal.isAsked()).isFalse();
    parent.close();

    signal.await();
    assertThat(signal.isAsked()).isTrue();
  }

  @Test
  void aBrokenInputIsTheSignalToo() throws Exception {
    PipedInputStream broken =
        new PipedInputStream() {
          @Override
          public synchronized int read(byte[] into, int off, int len) throws IOException {
            throw new IOException("broken");
          }
        };
    StopSignal signal = StopSignal.watching(broken);
    signal.done();

    signal.await();
    assertThat(signal.isAsked()).isTrue();
  }
}
