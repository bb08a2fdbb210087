package io.savepointd.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real sockets, which Linux alone names so. */
@Timeout(30)
@EnabledOnOs(OS.LINUX)
class LibcDatagramsTest {
  @TempDir private Path directory;

  @Test
  void reachesASocketInTheFileSystem() {
    String address = directory.resolve("notify").toString();
    try (Receiver receiver = new Receiver(address)) {
      assertThat(Notifier.of(Map.of("NOTIFY_SOCKET", address)).ready("1 job: ça va")).isTrue();

      assertThat(receiver.next()).isEqualTo("READY=1\nSTATUS=1 job: ça va");
    }
  }

  @Test
  void reachesAnAbstractSocket() throws IOException {
    String address = "@savepointd/test/" + directory.getFileName();
    try (Receiver receiver = new Receiver(address)) {
      new LibcDatagrams(address).send("WATCHDOG=1".getBytes(StandardCharsets.UTF_8));

      assertThat(receiver.next()).isEqualTo("WATCHDOG=1");
    }
  }

  @Test
  void leavesNoSocketOpen() throws IOException {
    String address = directory.resolve("notify").toString();
    try (Receiver receiver = new Receiver(address)) {
      LibcDatagrams datagrams = new LibcDatagrams(address);
      datagrams.send(new byte[] {'a'});
      long before = openFiles();
      for (int i = 0; i < 5; i++) {
        assertThat(receiver.next()).isEqualTo("a");
        datagrams.send(new byte[] {'a'});
      }

      assertThat(openFiles()).isEqualTo(before);
    }
  }

  /** What fills up is the receiver's queue, which holds some ten messages. */
  @Test
  void doesNotWaitForAReceiverThatHangs() {
    String address = directory.resolve("notify").toString();
    try (Receiver receiver = new Receiver(address)) {
      LibcDatagrams datagrams = new LibcDatagrams(address);

      assertThatIOException()
          .isThrownBy(
              () -> {
                for (int i = 0; i < 100_000; i++) {
                  datagrams.send(new byte[] {'a'});
                }
              });
      assertThat(receiver.next()).isEqualTo("a");
    }
  }

  @Test
  void failsWhereNobodyListens() {
    LibcDatagrams datagrams = new LibcDatagrams(directory.resolve("nobody").toString());

    assertThatIOException().isThrownBy(() -> datagrams.send(new byte[1]));
  }

  @Test
  void refusesWhatIsNoAddress() {
    assertThatIllegalArgumentException().isThrownBy(() -> LibcDatagrams.addressOf("run/notify"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LibcDatagrams.addressOf("/" + "x".repeat(107)));
    assertThat(LibcDatagrams.addressOf("/" + "x".repeat(106))).hasSize(110);
  }

  private static long openFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files
          .filter(
              file -> {
                try {
                  return Files.readSymbolicLink(file).toString().startsWith("socket:");
                } catch (IOException e) {
                  return false; // closed meanwhile
                }
              })
          .count();
    }
  }
}
