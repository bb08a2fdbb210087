package io.savepointd.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** Whose a file is, for somebody who may not use it. */
public final class FileAccess {
  private FileAccess() {}

  /** Its permissions; empty where the file system has none, or there is no such file. */
  static Optional<Set<PosixFilePermission>> mode(Path file) {
    return attributes(file).map(PosixFileAttributes::permissions);
  }

  private static Optional<PosixFileAttributes> attributes(Path file) {
    try {
      return Optional.of(Files.readAttributes(file, PosixFileAttributes.class));
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  /** The mode as chmod takes it: {@code 0640}. */
  static String octal(Set<PosixFilePermission> mode) {
    String bits = PosixFilePermissions.toString(mode).replaceAll("[rwx]", "1").replace('-', '0');
    return String.format("%04o", Integer.parseInt(bits, 2));
  }

  /** Why a configuration file can't be read by this user, and what would help. */
  static String unreadable(Path file) {
    return "may not be read by %s: %s"
        .formatted(System.getProperty("user.name"), denied(file, PosixFilePermission.GROUP_READ));
  }

  /**
   * Why this user may not use the file and who could help: its own mode, or that of a directory on
   * the way to it.
   *
   * @param needed what its group would need to have
   */
  public static String denied(Path file, PosixFilePermission needed) {
    Path absolute = file.toAbsolutePath();
    for (int depth = 1; depth < absolute.getNameCount(); depth++) {
      Path directory = absolute.getRoot().resolve(absolute.subpath(0, depth));
      if (!Files.isExecutable(directory)) {
        return "its directory " + directory + belongs(directory, PosixFilePermission.GROUP_EXECUTE);
      }
    }
    return "it" + belongs(absolute, needed);
  }

  private static String belongs(Path file, PosixFilePermission needed) {
    return attributes(file)
        .map(
            a ->
                " belongs to %s:%s (%s); %suse sudo"
                    .formatted(
                        a.owner().getName(),
                        a.group().getName(),
                        octal(a.permissions()),
                        a.permissions().contains(needed)
                            ? "ask to be let into the group " + a.group().getName() + ", or "
                            : ""))
        .orElse(" is another user's; use sudo");
  }
}
