package io.savepointd.acceptance.world;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The configuration folder of a session cluster. The first JobManager binds whatever ports are
 * free; once they are known, they stay.
 */
final class FlinkConf {

  /** Of each TaskManager. */
  static final int SLOTS = 2;

  /** What Flink's start scripts would compute; they are not published. */
  private static final Map<String, String> TASK_MANAGER_MEMORY =
      Map.ofEntries(
          Map.entry("taskmanager.cpu.cores", "2.0"),
          Map.entry("taskmanager.memory.task.heap.size", "128m"),
          Map.entry("taskmanager.memory.task.off-heap.size", "0m"),
          Map.entry("taskmanager.memory.framework.heap.size", "64m"),
          Map.entry("taskmanager.memory.framework.off-heap.size", "64m"),
          Map.entry("taskmanager.memory.network.min", "32m"),
          Map.entry("taskmanager.memory.network.max", "32m"),
          Map.entry("taskmanager.memory.managed.size", "32m"),
          Map.entry("taskmanager.memory.jvm-metaspace.size", "128m"),
          Map.entry("taskmanager.memory.jvm-overhead.min", "64m"),
          Map.entry("taskmanager.memory.jvm-overhead.max", "64m"));

  private final boolean standardYaml;
  private final Path home;
  private final Map<String, String> settings;
  private int rpcPort;
  private int restPort;

  FlinkConf(String version, Path home, Map<String, String> settings) {
    this.standardYaml = !version.startsWith("1.18."); // which reads no config.yaml yet
    this.home = home;
    this.settings = Map.copyOf(settings);
  }

  Path dir() {
    return home.resolve("conf").toAbsolutePath();
  }

  URI rest() {
    boolean tls = Boolean.parseBoolean(settings.get("security.ssl.rest.enabled"));
    return URI.create((tls ? "https" : "http") + "://127.0.0.1:" + restPort);
  }

  /** What Flink's start scripts take from the configuration too. */
  List<String> jvmOptions() {
    String options = settings.getOrDefault("env.java.opts.all", "");
    return options.isEmpty() ? List.of() : List.of(options.split(" "));
  }

  /** From now on TaskManagers and later JobManagers find them there. */
  void ports(int rpc, int rest) {
    rpcPort = rpc;
    restPort = rest;
  }

  void write() throws IOException {
    Map<String, String> all = new TreeMap<>(TASK_MANAGER_MEMORY);
    all.put("jobmanager.rpc.address", "127.0.0.1");
    all.put("jobmanager.bind-host", "127.0.0.1");
    all.put("jobmanager.rpc.port", rpcPort + "");
    all.put("taskmanager.host", "127.0.0.1");
    all.put("taskmanager.bind-host", "127.0.0.1");
    all.put("taskmanager.numberOfTaskSlots", SLOTS + "");
    all.put("rest.address", "127.0.0.1");
    all.put("rest.bind-address", "127.0.0.1");
    all.put("rest.port", restPort + "");
    all.put("rest.bind-port", restPort + "");
    all.put("io.tmp.dirs", folder("tmp"));
    all.put("web.tmpdir", folder("tmp"));
    all.put("web.upload.dir", folder("jars"));
    all.putAll(settings);
    String yaml =
        all.entrySet().stream()
            .map(entry -> entry.getKey() + ": " + value(entry.getValue()) + "\n")
            .collect(Collectors.joining());
    Path file =
        Files.createDirectories(dir()).resolve(standardYaml ? "config.yaml" : "flink-conf.yaml");
    // A server that is just starting may be reading it.
    if (!Files.exists(file) || !Files.readString(file).equals(yaml)) {
      Files.writeString(file, yaml);
    }
  }

  /** The older file knows no quotes, and takes each line as it is. */
  private String value(String text) {
    return standardYaml ? "'" + text.replace("'", "''") + "'" : text;
  }

  private String folder(String name) throws IOException {
    return Files.createDirectories(home.resolve(name)).toAbsolutePath().toString();
  }
}
