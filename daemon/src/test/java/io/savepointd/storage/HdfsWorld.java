package io.savepointd.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/** A real NameNode and its DataNodes in this process, and hands on what lies there. */
final class HdfsWorld implements AutoCloseable {
  private final MiniDFSCluster cluster;

  HdfsWorld(Path directory) throws IOException {
    this(directory, 1);
  }

  HdfsWorld(Path directory, int dataNodes) throws IOException {
    Configuration configuration = new Configuration();
    configuration.set("fs.automatic.close", "false");
    cluster =
        new MiniDFSCluster.Builder(configuration, directory.toFile())
            .numDataNodes(dataNodes)
            .build();
    cluster.waitActive();
  }

  MiniDFSCluster cluster() {
    return cluster;
  }

  DistributedFileSystem fileSystem() throws IOException {
    return cluster.getFileSystem();
  }

  String uri() {
    return cluster.getURI().toString();
  }

  void write(String path, String content) throws IOException {
    try (OutputStream out = fileSystem().create(path(path))) {
      out.write(content.getBytes(UTF_8));
    }
  }

  /** Writes one block with as many replicas, all of them there at the return. */
  void write(String path, String content, int replicas) throws IOException {
    try (OutputStream out =
        fileSystem().create(path(path), true, 4096, (short) replicas, 1024 * 1024)) {
      out.write(content.getBytes(UTF_8));
    }
  }

  void makeDirectory(String path) throws IOException {
    if (!fileSystem().mkdirs(path(path))) {
      throw new IOException("no " + path);
    }
  }

  Map<String, String> tree(String top) throws IOException {
    Map<String, String> tree = new TreeMap<>();
    if (fileSystem().exists(path(top))) {
      collect(path(top), tree);
    }
    return tree;
  }

  private void collect(org.apache.hadoop.fs.Path directory, Map<String, String> tree)
      throws IOException {
    tree.put(directory + "/", "");
    for (FileStatus status : fileSystem().listStatus(directory)) {
      if (status.isDirectory()) {
        collect(status.getPath(), tree);
      } else {
        try (InputStream in = fileSystem().open(status.getPath())) {
          tree.put(status.getPath().toString(), new String(in.readAllBytes(), UTF_8));
        }
      }
    }
  }

  static org.apache.hadoop.fs.Path path(String path) {
    return new org.apache.hadoop.fs.Path(path);
  }

  @Override
  public void close() {
    cluster.shutdown(true);
  }
}
