package io.savepointd.acceptance.world;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * The configuration folders of an HDFS: one for the NameNode and for clients, one for each
 * DataNode. The first lives of the servers bind whatever ports are free; once these are known, they
 * stay.
 */
final class HdfsConf {

  private final Path home;
  private final Map<String, String> more;
  private final Map<Integer, DataNodePorts> dataNodePorts = new HashMap<>();
  private int port;
  private int replication = 1;

  /** Where a DataNode serves blocks, and where it is commanded. */
  record DataNodePorts(int data, int ipc) {}

  /** With {@code more} in every file. */
  HdfsConf(Path home, Map<String, String> more) {
    this.home = home;
    this.more = Map.copyOf(more);
  }

  Path dir() {
    return home.resolve("conf");
  }

  Path dataNodeDir(int number) {
    return home.resolve("conf-datanode-" + number);
  }

  URI uri() {
    return URI.create("hdfs://127.0.0.1:" + port);
  }

  /** From now on clients and later NameNodes find it there. */
  void port(int bound) throws IOException {
    port = bound;
    writeNameNode();
  }

  void writeNameNode() throws IOException {
    Configuration hdfs = hdfsSite();
    hdfs.set("dfs.namenode.rpc-address", "127.0.0.1:" + port);
    hdfs.set("dfs.namenode.http-address", "127.0.0.1:0");
    hdfs.set("dfs.namenode.name.dir", home.resolve("name").toUri().toString());
    // A restarted NameNode waits 30 s by default before it takes writes.
    hdfs.set("dfs.namenode.safemode.extension", "0");
    // A killed DataNode counts as dead after seconds, not after ten minutes.
    hdfs.set("dfs.namenode.heartbeat.recheck-interval", "1000");
    write(dir(), hdfs);
  }

  /** From now on later lives of that DataNode bind them. */
  void dataNodePorts(int number, DataNodePorts bound) {
    dataNodePorts.put(number, bound);
  }

  void writeDataNode(int number) throws IOException {
    DataNodePorts ports = dataNodePorts.getOrDefault(number, new DataNodePorts(0, 0));
    Configuration hdfs = hdfsSite();
    hdfs.set("dfs.datanode.address", "127.0.0.1:" + ports.data());
    hdfs.set("dfs.datanode.http.address", "127.0.0.1:0");
    hdfs.set("dfs.datanode.ipc.address", "127.0.0.1:" + ports.ipc());
    hdfs.set("dfs.datanode.data.dir", home.resolve("data-" + number).toUri().toString());
    write(dataNodeDir(number), hdfs);
  }

  /** How many copies clients and servers with these folders keep of a block. */
  void replication(int copies) {
    replication = copies;
  }

  private Configuration hdfsSite() {
    Configuration hdfs = new Configuration(false);
    hdfs.set("dfs.replication", replication + "");
    hdfs.set("dfs.heartbeat.interval", "1");
    return hdfs;
  }

  private void write(Path dir, Configuration hdfs) throws IOException {
    Configuration core = new Configuration(false);
    core.set("fs.defaultFS", uri().toString());
    core.set("hadoop.tmp.dir", home.resolve("tmp").toString());
    more.forEach(core::set);
    // Hadoop's hdfs-default.xml comes between the two and would hide what is in the first alone.
    more.forEach(hdfs::set);
    Files.createDirectories(dir);
    write(core, dir.resolve("core-site.xml"));
    write(hdfs, dir.resolve("hdfs-site.xml"));
  }

  private static void write(Configuration conf, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      conf.writeXml(out);
    }
  }
}
