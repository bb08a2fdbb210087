package io.savepointd.admin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
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
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** HTTP on a Unix domain socket; whoever may open the socket's file may ask anything. */
public final class AdminServer implements AutoCloseable {
  private static final int THREADS = 16;
  private static final int IDLE_THREADS = 2;

  private final Path socket;
  private final Server server;

  /** A server on {@code settings.socket()}, not yet listening. */
  public AdminServer(AdminSettings settings, Router router) {
    this.socket = settings.socket();
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, IDLE_THREADS);
    threads.setName("admin");
    threads.setDaemon(true);
    this.server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    UnixDomainServerConnector connector =
        new UnixDomainServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setUnixDomainPath(socket);
    server.addConnector(connector);
    server.setHandler(new Adapter(router));
    server.setStopTimeout(1000);
  }

  /**
   * Listens. What an earlier daemon has left at the path is removed first; that no living one
   * listens there is the caller's to know.
   *
   * @throws IOException if the socket can't be made
   */
  public void start() throws IOException {
    Path directory = socket.toAbsolutePath().getParent();
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    Files.deleteIfExists(socket);
    try {
      server.start();
    } catch (Exception e) {
      throw new IOException("can't listen on " + socket + ": " + e.getMessage(), e);
    }
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw----"));
  }

  @Override
  public void close() throws IOException {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IOException("can't stop listening on " + socket + ": " + e.getMessage(), e);
    } finally {
      Files.deleteIfExists(socket);
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
        query.put(field.getName(), field.getValue());
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
