package io.savepointd.storage;

import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file systems that one store has opened for itself, one for each scheme and authority. Never
 * {@code FileSystem.get}, whose cached instances anybody may close. Safe for several threads.
 */
final class HadoopFileSystems implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HadoopFileSystems.class);

  private final Configuration configuration;
  private final List<FileSystem> opened = new ArrayList<>();
  private boolean closed;

  HadoopFileSystems(Configuration configuration) {
    this.configuration = configuration;
  }

  /** The file system that a path lies on; opening it doesn't ask a server anything yet. */
  synchronized FileSystem of(Path path) throws IOException {
    if (closed) {
      throw new IOException("the savepoint store is closed");
    }
    URI uri = path.toUri();
    for (FileSystem candidate : opened) {
      if (sameServer(candidate.getUri(), uri)) {
        return candidate;
      }
    }
    FileSystem fileSystem = open(uri);
    opened.add(fileSystem);
    return fileSystem;
  }

  private FileSystem open(URI uri) throws IOException {
    try {
      return FileSystem.newInstance(uri, configuration);
    } catch (IllegalArgumentException e) {
      // How the HDFS client reports a name that DNS doesn't know (SecurityUtil, NameNodeProxies).
      if (e.getCause() instanceof UnknownHostException) {
        UnknownHostException unknown = new UnknownHostException("unknown host in " + uri);
        unknown.initCause(e);
        throw unknown;
      }
      throw e;
    }
  }

  private static boolean sameServer(URI one, URI other) {
    return Objects.equals(one.getScheme(), other.getScheme())
        && Objects.equals(one.getAuthority(), other.getAuthority());
  }

  @Override
  public synchronized void close() {
    closed = true;
    for (FileSystem fileSystem : opened) {
      try {
        fileSystem.close();
      } catch (IOException e) {
        // Nothing is being written: a file system that can't say goodbye has lost nothing.
        LOG.debug("event=storage.close-failed uri={}", fileSystem.getUri(), e);
      }
    }
    opened.clear();
  }
}
