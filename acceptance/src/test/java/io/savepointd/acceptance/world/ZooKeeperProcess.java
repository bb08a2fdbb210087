package io.savepointd.acceptance.world;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** A ZooKeeper of one server, with sessions that may be as short as a second. */
public final class ZooKeeperProcess implements AutoCloseable {
  private static final String SERVER = "org.apache.zookeeper.server.ZooKeeperServerMain";
  private static final String CLIENT = "org.apache.zookeeper.ZooKeeperMain";
  private static final Pattern UP = Pattern.compile("(?i)binding to port /?127\\.0\\.0\\.1");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int HEAP_MIB = 64;

  private final Path dir;
  private final int port;
  private final ManagedProcess server;

  private ZooKeeperProcess(Path dir, int port, ManagedProcess server) {
    this.dir = dir;
    this.port = port;
    this.server = server;
  }

  /** Starts it empty; returns once it listens. */
  public static ZooKeeperProcess start(Path parent) throws IOException {
    Path dir = Files.createDirectories(parent.resolve("zookeeper"));
    int port = freePort();
    Files.writeString(
        dir.resolve("zoo.cfg"),
        String.join(
            "\n",
            "dataDir=" + Files.createDirectories(dir.resolve("data")),
            "clientPortAddress=127.0.0.1",
            "clientPort=" + port,
            "tickTime=500",
            "maxSessionTimeout=60000",
            "admin.enableServer=false",
            ""));
    ManagedProcess server =
        java(dir, SERVER, List.of(dir.resolve("zoo.cfg").toString())).start("zookeeper", dir);
    try {
      server.await(JavaServer.log("zookeeper", dir), UP, PATIENCE);
      return new ZooKeeperProcess(dir, port, server);
    } catch (RuntimeException | Error e) {
      server.close();
      throw e;
    }
  }

  /** It takes port 0 for none, so one that was free a moment ago has to do. */
  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static JavaServer java(Path dir, String mainClass, List<String> args) {
    return new JavaServer(Folders.zooKeeper(), dir, List.of(), mainClass, HEAP_MIB, args);
  }

  public String quorum() {
    return "127.0.0.1:" + port;
  }

  /** Deletes a node with all below it. */
  public void delete(String node) throws IOException {
    List<String> args = List.of("-server", quorum(), "deleteall", node);
    try (ManagedProcess client = java(dir, CLIENT, args).start("zkcli", dir)) {
      int code = client.awaitExit(PATIENCE);
      if (code != 0) {
        throw new IOException("deleting " + node + " ended with " + code + ": " + client.tail());
      }
    }
  }

  /** The server itself, to be paused. */
  public ManagedProcess server() {
    return server;
  }

  @Override
  public void close() {
    server.close();
  }
}
