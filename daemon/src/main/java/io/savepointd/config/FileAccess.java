package io.savepointd.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

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

  /** Whether a directory on the way keeps this user from seeing if the file is there. */
  static boolean hidden(Path file) {
    return closedDirectory(file.toAbsolutePath()).isPresent();
  }

  private static Optional<Path> closedDirectory(Path absolute) {
    return IntStream.range(1, absolute.getNameCount())
        .mapToObj(depth -> absolute.getRoot().resolve(absolute.subpath(0, depth)))
        .filter(directory -> Files.isDirectory(directory) && !Files.isExecutable(directory))
        .findFirst();
  }

  /** Why a file can't be read by this user, and what would help. */
  static String unreadable(Path file) {
    return "may not be read by %s: %s"
        .formatted(user(), denied(file, PosixFilePermission.GROUP_READ));
  }

  /**
   * Why this user may not use the file and who could help: its own mode, or that of a directory on
   * the way to it.
   *
   * @param needed what its group would need to have
   */
  public static String denied(Path file, PosixFilePermission needed) {
    Path absolute = file.toAbsolutePath();
    return closedDirectory(absolute)
        .map(dir -> "its directory " + dir + belongs(dir, PosixFilePermission.GROUP_EXECUTE))
        .orElseGet(() -> "it" + belongs(absolute, needed));
  }

  /** Nobody should be let into the superuser's group for the sake of one file. */
  private static String wayIn(String group, Path file) {
    return group.equals("root")
        ? "as root, give it to a group of " + user() + "'s (chgrp GROUP " + file + "), or "
        : "ask to be let into the group " + group + ", or ";
  }

  private static String user() {
    return System.getProperty("user.name");
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
                        a.permissions().contains(needed) ? wayIn(a.group().getName(), file) : ""))
        .orElse(" is another user's; use sudo");
  }
}
