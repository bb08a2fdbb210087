package io.savepointd.app;

import io.savepointd.config.Settings;
import io.savepointd.doctor.Machine;
import io.savepointd.doctor.Surroundings;
import io.savepointd.flink.ClusterProbe;
import io.savepointd.flink.RestClusterProbe;
import io.savepointd.ledger.LedgerDirectory;
import io.savepointd.ledger.LedgerView;
import io.savepointd.ledger.LocalLocks;
import io.savepointd.model.ClusterName;
import io.savepointd.storage.HadoopStorageProbe;
import io.savepointd.storage.KerberosCheck;
import io.savepointd.storage.StorageProbe;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** What a configuration names, opened by the rules of {@link Connections}, each for itself. */
final class ExaminedSite implements Surroundings {
  private final Settings settings;
  private final Installation installation;
  private final Machine machine;
  private final DaemonLine daemon;
  private final HttpClient http = Connections.http();
  private final Self self;

  ExaminedSite(Settings settings, Installation installation, Machine machine, DaemonLine daemon) {
    this.settings = settings;
    this.installation = installation;
    this.machine = machine;
    this.daemon = daemon;
    this.self = Self.of(installation, new LocalLocks(), settings.storage());
  }

  @Override
  public Machine machine() {
    return machine;
  }

  @Override
  public String root() throws IOException {
    Clusters clusters = Clusters.none(http, clock()).as(settings.clusters());
    try {
      return Connections.root(settings, clusters::cluster);
    } catch (Connections.RootUnclear e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public StorageProbe storage(String root) throws IOException {
    self.login().require(root);
    return HadoopStorageProbe.open(
        root, installation.hadoopConfDir(), settings.ledger().replication(), clock());
  }

  @Override
  public KerberosCheck.Result login() throws IOException {
    try {
      return new KerberosCheck(settings.storage().kerberos(), installation.hadoopConfDir()).look();
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public LedgerView ledger(String root) throws IOException {
    try (LedgerDirectory ledger =
        LedgerDirectory.at(
            Connections.uri(root),
            installation.hadoopConfDir(),
            settings.ledger(),
            self.locks(),
            self.owner(),
            clock())) {
      return ledger.read();
    } catch (Connections.RootUnclear e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public ClusterProbe cluster(ClusterName name) {
    return new RestClusterProbe(settings.clusters().get(name), http, clock());
  }

  @Override
  public Path socket() {
    return settings.admin().socket();
  }

  @Override
  public Optional<DaemonSeen> daemon() throws IOException {
    return daemon.ask(socket());
  }

  /**
   * In a directory that this user can't enter there is none as far as it knows. The unit gives the
   * socket to root once the daemon has made it; the directory it lies in stays the daemon's.
   */
  @Override
  public Optional<String> daemonsUser() {
    Path socket = socket();
    try {
      if (!Files.exists(socket)) {
        return Optional.empty();
      }
      String owner = Files.getOwner(socket).getName();
      return Optional.of(
          owner.equals("root")
              ? Files.getOwner(socket.toAbsolutePath().getParent()).getName()
              : owner);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public Clock clock() {
    return installation.clock();
  }

  @Override
  public String version() {
    return installation.version();
  }
}
