package io.savepointd.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerIdentityTest {
  @TempDir Path proc;

  @Test
  void saysWhatProcSays() throws IOException {
    Files.createDirectories(proc.resolve("sys/kernel/random"));
    Files.writeString(proc.resolve("sys/kernel/random/boot_id"), "0c-1d\n");
    Files.writeString(proc.resolve("sys/kernel/hostname"), "node-7\n");
    Files.createDirectories(proc.resolve("self/ns"));
    Files.createSymbolicLink(proc.resolve("self/ns/pid"), Path.of("pid:[4026531836]"));

    Owner owner = new OwnerIdentity(proc).owner("0.1.0");

    assertThat(owner.host()).isEqualTo("node-7");
    assertThat(owner.bootId()).isEqualTo("0c-1d");
    assertThat(owner.pidNamespace()).isEqualTo("pid:[4026531836]");
    assertThat(owner.pid()).isEqualTo(ProcessHandle.current().pid());
    assertThat(owner.processStartedAt()).isPositive();
    assertThat(owner.version()).isEqualTo("0.1.0");
  }

  @Test
  void leavesEmptyWhatProcDoesNotSay() {
    Owner owner = new OwnerIdentity(proc).owner("0.1.0");

    assertThat(owner.bootId()).isEmpty();
    assertThat(owner.pidNamespace()).isEmpty();
    assertThat(owner.host()).isNotEmpty();
  }

  @Test
  void isDrawnAnewEachTime() {
    assertThat(OwnerIdentity.ofThisProcess("1").id())
        .isNotEqualTo(OwnerIdentity.ofThisProcess("1").id());
  }
}
