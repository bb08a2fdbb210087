package io.savepointd.doctor;

import io.savepointd.config.ConfigRefused;
import io.savepointd.config.SettingsLoader;
import io.savepointd.flink.ClusterProbe;
import io.savepointd.ledger.Event;
import io.savepointd.ledger.History;
import io.savepointd.ledger.LedgerView;
import io.savepointd.model.ClusterName;
import io.savepointd.storage.KerberosCheck;
import io.savepointd.storage.StorageProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** A machine, a storage and a cluster in good health, and the examination of all of it. */
final class FakeWorld implements Surroundings {
  final FakeProbe storage = new FakeProbe();
  final FakeCluster cluster = new FakeCluster();
  private final Path directory;
  Machine machine;
  Optional<DaemonSeen> daemon = Optional.empty();
  Optional<String> daemonsUser = Optional.empty();
  Optional<IOException> daemonFails = Optional.empty();
  KerberosCheck.Result login = new KerberosCheck.NotAsked();
  History history = History.empty();
  List<String> warnings = List.of();
  String more = "";
  private Report report;

  FakeWorld(Path directory) throws IOException {
    this.directory = directory;
    machine = machine(17, "64", "flink");
    jar("org.acme.Main", "org/acme/Main.class");
  }

  Machine machine(int release, String bits, String user) {
    return new Machine(
        release,
        release + ".0.1",
        "Debian",
        bits,
        Path.of("/usr/lib/jvm"),
        directory,
        directory.resolve("logs"),
        user);
  }

  Path jar() {
    return directory.resolve("job.jar");
  }

  void jar(String mainClass, String entry) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (!mainClass.isEmpty()) {
      manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, mainClass);
    }
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar()), manifest)) {
      out.putNextEntry(new ZipEntry(entry));
    }
  }

  void happened(Event event) {
    history = history.apply(event);
  }

  Examination examination() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("application.conf"),
            """
            savepointd {
              storage.root = "%s"
              admin.socket = "%s/s.sock"
              clusters.main.rest = "http://localhost:1"
              jobs.averaging.jar = "%s"
            }
            %s
            """
                .formatted(storage.root, directory, jar(), more));
    try {
      return new Checkup(new SettingsLoader(directory, Map.of()).load(file), this, warnings)
          .examination();
    } catch (ConfigRefused e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  Report report() throws IOException {
    if (report == null) {
      try (Examination examination = examination()) {
        report = examination.run(line -> {});
      }
    }
    return report;
  }

  /** That check's verdict, after all have been carried out once. */
  Verdict verdict(String check) throws IOException {
    return report().lines().stream()
        .filter(line -> line.check().equals(check))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no line " + check))
        .verdict();
  }

  @Override
  public Machine machine() {
    return machine;
  }

  @Override
  public String root() {
    return storage.root;
  }

  @Override
  public StorageProbe storage(String root) {
    return storage;
  }

  @Override
  public KerberosCheck.Result login() {
    return login;
  }

  @Override
  public LedgerView ledger(String root) {
    return new LedgerView(history, Optional.empty());
  }

  @Override
  public ClusterProbe cluster(ClusterName name) {
    return cluster;
  }

  @Override
  public Path socket() {
    return directory.resolve("s.sock");
  }

  @Override
  public Optional<DaemonSeen> daemon() throws IOException {
    if (daemonFails.isPresent()) {
      throw daemonFails.get();
    }
    return daemon;
  }

  @Override
  public Optional<String> daemonsUser() {
    return daemonsUser;
  }

  @Override
  public Clock clock() {
    return Clock.fixed(FakeProbe.NOW, ZoneOffset.UTC);
  }

  @Override
  public String version() {
    return "1.2.3";
  }

  @Override
  public void close() {}
}
