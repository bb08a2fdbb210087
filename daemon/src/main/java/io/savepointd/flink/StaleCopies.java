package io.savepointd.flink;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes away the copies of metadata that a process had no time for when it was killed. The
 * temporary directory is everybody's, so only our own user's directories go, through no link, and
 * with nothing in them but the one file that a copy has.
 */
final class StaleCopies {
  private static final Logger LOG = LoggerFactory.getLogger(StaleCopies.class);

  /** No living process reads one savepoint's metadata for so long. */
  private static final Duration OLD = Duration.ofDays(1);

  private final Path own;
  private final String prefix;
  private final String content;

  /** Takes a directory just made, whose siblings of the same prefix are judged by it. */
  StaleCopies(Path own, String prefix, String content) {
    this.own = own;
    this.prefix = prefix;
    this.content = content;
  }

  /** Failing is no trouble: the next time will do. */
  void sweep() {
    try (DirectoryStream<Path> beside =
        Files.newDirectoryStream(own.toAbsolutePath().getParent(), prefix + "*")) {
      // Where there is none, a link could be put in the way between a look and a deletion.
      if (beside instanceof SecureDirectoryStream<Path> names) {
        sweep(names);
      }
    } catch (IOException | DirectoryIteratorException e) {
      LOG.debug("event=metadata.sweep-failed beside={}", own, e);
    }
  }

  private void sweep(SecureDirectoryStream<Path> names) throws IOException {
    PosixFileAttributes mine = attributes(names, own.getFileName());
    for (Path path : names) {
      Path name = path.getFileName();
      try {
        if (isLeftOver(attributes(names, name), mine)) {
          remove(names, name);
        }
      } catch (IOException e) {
        LOG.debug("event=metadata.sweep-failed directory={}", path, e);
      }
    }
  }

  private static boolean isLeftOver(PosixFileAttributes other, PosixFileAttributes mine) {
    FileTime limit = FileTime.from(mine.lastModifiedTime().toInstant().minus(OLD));
    return other.isDirectory()
        && other.owner().equals(mine.owner())
        && other.lastModifiedTime().compareTo(limit) < 0;
  }

  private void remove(SecureDirectoryStream<Path> names, Path name) throws IOException {
    try (SecureDirectoryStream<Path> inside =
        names.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
      inside.deleteFile(Path.of(content));
    } catch (NoSuchFileException e) {
      LOG.trace("event=metadata.sweep-empty directory={}", name, e);
    }
    names.deleteDirectory(name);
  }

  private static PosixFileAttributes attributes(SecureDirectoryStream<Path> names, Path name)
      throws IOException {
    return names
        .getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes();
  }
}
