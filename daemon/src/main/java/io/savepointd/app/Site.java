package io.savepointd.app;

import io.savepointd.admin.Router;
import io.savepointd.config.ConfigWarning;
import io.savepointd.config.FileAccess;
import io.savepointd.config.Settings;
import io.savepointd.ledger.LocalLocks;
import io.savepointd.model.JobName;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An installation with a good configuration: all that a command needs to begin. */
public final class Site {
  private final Settings settings;
  private final Installation installation;
  private final LocalLocks locks;

  /** With the one {@code locks} of this process. */
  Site(Settings settings, Installation installation, LocalLocks locks) {
    this.settings = settings;
    this.installation = installation;
    this.locks = locks;
  }

  /** The configuration file. */
  public Path file() {
    return settings.file();
  }

  /** Where a daemon with this configuration listens. */
  public Path socket() {
    return settings.admin().socket();
  }

  /** One line on what the configuration asks for. */
  public String summary() {
    return settings.jobs().keySet().stream()
            .sorted()
            .map(JobName::value)
            .collect(Collectors.joining(", ", "jobs ", ""))
        + "; savepoints under "
        + settings.storage().root().orElse("the cluster's own savepoint directory");
  }

  /** What is no fault in the configuration, but should be mended; a line for each. */
  public List<String> warnings() {
    return settings.warnings().stream().map(ConfigWarning::toString).toList();
  }

  /** Why this user may not use the socket, and what would help. */
  public static String deniedSocket(Path socket) {
    return FileAccess.denied(socket, PosixFilePermission.GROUP_WRITE);
  }

  /** One line for the terminal on which the daemon is started. */
  public String greeting() {
    return "savepointd " + installation.version() + " with " + settings.file() + ": " + summary();
  }

  /** The daemon, not yet running. */
  public Daemon daemon() {
    return new Daemon(settings, installation, locks);
  }

  /** Serves a request in this process, under the ledger's lease where it changes something. */
  public Reply serveAlone(String method, String path, Map<String, String> query) {
    Router.Reply reply =
        new Router(new AloneOperations(settings, installation, locks)).serve(method, path, query);
    return new Reply(reply.status(), reply.json());
  }

  /** An HTTP status and a JSON body. */
  public record Reply(int status, String json) {}
}
