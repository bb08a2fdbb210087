package io.savepointd.app;

import io.savepointd.config.ConfigRefused;
import io.savepointd.config.SettingsLoader;
import io.savepointd.ledger.LedgerDirectory;
import io.savepointd.ledger.LedgerSettings;
import io.savepointd.ledger.LocalLocks;
import io.savepointd.ledger.Owner;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A temporary directory with a configuration, a cluster and storage in it. */
final class Place {
  private final Path directory;
  private final ClusterStub cluster;
  private final LocalLocks locks = new LocalLocks();
  private Map<String, String> environment = Map.of();

  Place(Path directory, ClusterStub cluster) {
    this.directory = directory;
    this.cluster = cluster;
  }

  /** What the daemons of this place are started with. */
  void environment(Map<String, String> variables) {
    environment = Map.copyOf(variables);
  }

  Path directory() {
    return directory;
  }

  Path socket(String name) {
    return directory.resolve(name + ".sock");
  }

  String root() {
    return "file://" + directory.resolve("savepoints");
  }

  /** A site of its own name and socket; all of a place share storage, cluster and process. */
  Site site(String name, String more) throws IOException {
    Path file = write(name, more);
    Installation installation =
        new Installation(directory, environment, "1.2.3", Clock.systemUTC());
    try {
      return new Site(new SettingsLoader(directory, Map.of()).load(file), installation, locks);
    } catch (ConfigRefused e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  private Path write(String name, String more) throws IOException {
    Files.writeString(directory.resolve("job.jar"), "not looked into");
    return Files.writeString(
        directory.resolve(name + ".conf"),
        """
        savepointd {
          admin.socket = "%s"
          ledger { heartbeat = 200ms, silence = 600ms }
          watch.interval = 100ms
          clusters.main.rest = "%s"
          jobs.averaging {
            jar = "%s/job.jar"
            empty-start = never
          }
        }
        %s
        """
            .formatted(socket(name), cluster.rest(), directory, more));
  }

  private String withRoot() {
    return "savepointd.storage.root = \"" + root() + "\"\n";
  }

  /** Another text for a site with a root; what is said last counts. */
  void edit(String name, String... more) throws IOException {
    Path unused = write(name, withRoot() + String.join("\n", more));
  }

  /** With its storage root configured. */
  Site site(String name) throws IOException {
    return site(name, withRoot());
  }

  /** As a standby does that dies right afterwards; it is none of this machine's. */
  void requestHandover() throws IOException {
    Owner self = new Owner("gone", "elsewhere", "", "", 1, 0, "1.2.3");
    try (LedgerDirectory ledger =
        LedgerDirectory.at(
            URI.create(root()),
            Optional.empty(),
            new LedgerSettings(Duration.ofSeconds(1), Duration.ofSeconds(3), 1 << 20, 0),
            locks,
            self,
            Clock.systemUTC())) {
      ledger.requestHandover();
    }
  }
}
