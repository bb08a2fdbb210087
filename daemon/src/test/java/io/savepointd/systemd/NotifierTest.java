package io.savepointd.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NotifierTest {
  private final List<String> sent = new ArrayList<>();
  private boolean broken;
  private final Notifier notifier = new Notifier(Optional.of(this::send));

  private void send(byte[] message) throws IOException {
    if (broken) {
      throw new IOException("[111] Connection refused");
    }
    sent.add(new String(message, StandardCharsets.UTF_8));
  }

  @Test
  void saysWhatTheProtocolWants() {
    notifier.ready("2 jobs running");
    notifier.status("1 job held: ça va");
    notifier.watchdog();
    notifier.extendTimeout(Duration.ofMillis(1500));
    notifier.reloading(7_000_000_999L, "reads the file");
    notifier.stopping("stopping");

    assertThat(sent)
        .containsExactly(
            "READY=1\nSTATUS=2 jobs running",
            "STATUS=1 job held: ça va",
            "WATCHDOG=1",
            "EXTEND_TIMEOUT_USEC=1500000",
            "RELOADING=1\nMONOTONIC_USEC=7000000\nSTATUS=reads the file",
            "STOPPING=1\nSTATUS=stopping");
  }

  @Test
  void saysThatAMessageHasNotLeftAndGoesOn() {
    broken = true;
    assertThat(notifier.ready("")).isFalse();
    assertThat(notifier.watchdog()).isFalse();

    broken = false;
    assertThat(notifier.watchdog()).isTrue();
    assertThat(sent).containsExactly("WATCHDOG=1");
  }

  @Test
  void isSilentWhereNobodyListens() {
    Notifier silent = Notifier.of(Map.of());

    assertThat(silent.listened()).isFalse();
    assertThat(silent.ready("")).isFalse();
  }

  @Test
  void isSilentWhereTheAddressIsNone() {
    assertThat(Notifier.of(Map.of("NOTIFY_SOCKET", "vsock:2:1234")).listened()).isFalse();
    assertThat(Notifier.of(Map.of("NOTIFY_SOCKET", "/" + "x".repeat(107))).listened()).isFalse();
  }

  @Test
  void warnsOnlyOnceOfASocketThatIsGone() {
    Notifier toNobody = Notifier.of(Map.of("NOTIFY_SOCKET", "/nonexistent/notify"));

    assertThat(toNobody.listened()).isTrue();
    assertThat(toNobody.watchdog()).isFalse();
    assertThat(toNobody.watchdog()).isFalse();
  }
}
