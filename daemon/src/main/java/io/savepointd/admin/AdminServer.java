package io.savepointd.admin;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.HostPort;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** HTTP on a Unix domain socket; whoever may open the socket's file may ask anything. */
public final class AdminServer implements AutoCloseable {
  private static final int THREADS = 16;
  private static final int IDLE_THREADS = 2;

  private final Path socket;
  private final Server server;
  private boolean ours;

  /** A server on {@code settings.socket()}, not yet listening. */
  public AdminServer(AdminSettings settings, Router router) {
    this.socket = settings.socket();
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, IDLE_THREADS);
    threads.setName("admin");
    threads.setDaemon(true);
    this.server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    // A Unix socket has no host for Jetty to fall back to when an HTTP/1.0 request names none.
    http.setServerAuthority(new HostPort("savepointd"));
    UnixDomainServerConnector connector =
        new UnixDomainServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setUnixDomainPath(socket);
    server.addConnector(connector);
    server.setHandler(new Adapter(router));
    server.setStopTimeout(1000);
  }

  /**
   * Listens. What a daemon that was killed has left at the path is replaced.
   *
   * @throws IOException if the socket can't be made, or another daemon listens on it
   */
  public void start() throws IOException {
    Path directory = socket.toAbsolutePath().getParent();
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    requireTrusted(directory, List.of("root", System.getProperty("user.name")));
    if (answered()) {
      throw new IOException("another daemon listens on " + socket);
    }
    Files.deleteIfExists(socket);
    ours = true;
    try {
      server.start();
    } catch (Exception e) {
      throw new IOException("can't listen on " + socket + ": " + e.getMessage(), e);
    }
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw----"));
  }

  /**
   * Who owns the directory could put a socket of their own there; /tmp is anybody's to make one in.
   */
  static void requireTrusted(Path directory, List<String> trusted) throws IOException {
    String owner = Files.getOwner(directory).getName();
    if (!trusted.contains(owner)) {
      throw new IOException(
          "the socket's directory "
              + directory
              + " belongs to "
              + owner
              + ": remove it, or set admin.socket to a place of this user's");
    }
  }

  /** Asked by connecting: the file alone doesn't tell a living daemon from a killed one. */
  private boolean answered() throws IOException {
    if (!Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    if (!Files.readAttributes(socket, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .isOther()) {
      throw new IOException(socket + " is there and is no socket; it was left alone");
    }
    try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      return probe.isConnected();
    } catch (ConnectException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IOException("can't stop listening on " + socket + ": " + e.getMessage(), e);
    } finally {
      if (ours) {
        Files.deleteIfExists(socket);
      }
    }
  }

  private static final class Adapter extends Handler.Abstract {
    private final Router router;

    Adapter(Router router) {
      this.router = router;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      Map<String, String> query = new HashMap<>();
      for (Fields.Field field : Request.extractQueryParameters(request)) {
        // One said twice becomes a value that none is, and is refused as such.
        query.put(field.getName(), String.join(",", field.getValues()));
      }
      Router.Reply reply =
          router.serve(request.getMethod(), Request.getPathInContext(request), query);
      response.setStatus(reply.status());
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
      if (request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_0) {
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
      }
      Content.Sink.write(response, true, reply.json() + "\n", callback);
      return true;
    }
  }
}
