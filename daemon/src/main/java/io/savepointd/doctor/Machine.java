package io.savepointd.doctor;

import java.nio.file.Path;

/**
 * What this process runs on.
 *
 * @param javaRelease such as 17
 * @param javaVersion such as {@code 17.0.12+7}
 * @param bits of an address, {@code 64} or {@code 32}; empty if Java doesn't tell
 * @param user whom the operating system takes it for
 */
public record Machine(
    int javaRelease,
    String javaVersion,
    String javaVendor,
    String bits,
    Path javaHome,
    Path temporaryFiles,
    Path logs,
    String user) {
  /** As Java and the launcher tell. */
  public static Machine ofThisProcess() {
    return new Machine(
        Runtime.version().feature(),
        Runtime.version().toString(),
        System.getProperty("java.vendor", ""),
        System.getProperty("sun.arch.data.model", ""),
        Path.of(System.getProperty("java.home", "")),
        Path.of(System.getProperty("java.io.tmpdir", "/tmp")),
        Path.of(System.getProperty("savepointd.log.dir", "logs")).toAbsolutePath(),
        System.getProperty("user.name", ""));
  }
}
