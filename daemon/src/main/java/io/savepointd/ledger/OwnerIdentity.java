package io.savepointd.ledger;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

/**
 * Says who this process is, in the words of the ledger; where {@code /proc} doesn't tell, the field
 * stays empty and a dead owner is known by its silence alone.
 */
public final class OwnerIdentity {
  private final Path proc;

  /** Reads what it needs below {@code proc}, on Linux {@code /proc}. */
  OwnerIdentity(Path proc) {
    this.proc = proc;
  }

  /** This process, as an owner with an id never drawn before; once for each process. */
  public static Owner ofThisProcess(String version) {
    return new OwnerIdentity(Path.of("/proc")).owner(version);
  }

  Owner owner(String version) {
    ProcessHandle process = ProcessHandle.current();
    return new Owner(
        UUID.randomUUID().toString(),
        host(),
        line(proc.resolve("sys/kernel/random/boot_id")),
        target(proc.resolve("self/ns/pid")),
        process.pid(),
        process.info().startInstant().map(Instant::toEpochMilli).orElse(0L),
        version);
  }

  private String host() {
    String host = line(proc.resolve("sys/kernel/hostname"));
    if (!host.isEmpty()) {
      return host;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown host";
    }
  }

  private static String line(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      return "";
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }
}
