package io.savepointd.app;

import io.savepointd.admin.NotNow;
import io.savepointd.admin.Operations.MoveRequest;
import io.savepointd.admin.Operations.StartFrom;
import io.savepointd.admin.Operations.StartRequest;
import io.savepointd.config.JobSettings;
import io.savepointd.config.Settings;
import io.savepointd.ledger.JobHistory;
import io.savepointd.model.Savepoint;
import io.savepointd.storage.SavepointStore;
import io.savepointd.supervise.Answer;
import io.savepointd.supervise.Demand;
import java.util.List;
import java.util.Optional;

/** What people type, as demands on a lane. */
final class Requests {
  private Requests() {}

  /** A start from what is on {@code store}, whose spelling a path is given. */
  static Demand.Start start(StartRequest request, JobHistory history, SavepointStore store)
      throws NotNow {
    Demand.Start start = start(request, history, store.root());
    return start.from() instanceof Demand.From.Path named
        ? new Demand.Start(new Demand.From.Path(store.spelled(named.path())), start.replace())
        : start;
  }

  /** A start; an id becomes the path of the one retained savepoint whose id begins so. */
  static Demand.Start start(StartRequest request, JobHistory history, String root) throws NotNow {
    Demand.From from =
        request.from() instanceof StartFrom.Named named
            ? new Demand.From.Path(path(named.pathOrId(), history, root))
            : request.from() instanceof StartFrom.Nothing
                ? new Demand.From.Nothing()
                : request.from() instanceof StartFrom.Usual
                    ? new Demand.From.Usual()
                    : new Demand.From.Latest();
    return new Demand.Start(from, request.replace());
  }

  /** A move to a cluster that is configured. */
  static Demand.Move move(MoveRequest request, Settings settings) throws NotNow {
    return settings.clusters().keySet().stream()
        .filter(cluster -> cluster.value().equals(request.to()))
        .findFirst()
        .map(cluster -> new Demand.Move(cluster, request.olderFlink()))
        .orElseThrow(
            () ->
                new NotNow(
                    NotNow.Kind.USAGE,
                    "no cluster '"
                        + request.to()
                        + "' in "
                        + settings.file()
                        + "; there are "
                        + settings.clusters().keySet().stream().sorted().toList()
                        + "; nothing was done"));
  }

  /**
   * Two jobs on one cluster whose runs bear the same name would take each other's for their own.
   */
  static Optional<Answer> nameTaken(Demand.Move move, JobSettings job, Settings settings) {
    return settings.jobs().values().stream()
        .filter(other -> !other.job().name().equals(job.job().name()))
        .filter(other -> other.job().cluster().equals(move.to()))
        .filter(other -> other.job().runName().equals(job.job().runName()))
        .findFirst()
        .map(
            other ->
                new Answer.Refused(
                    "the runs of job "
                        + other.job().name()
                        + " on cluster "
                        + move.to()
                        + " bear the name '"
                        + job.job().runName()
                        + "' too: give one of them another run-name"));
  }

  /** A savepoint is one job's: without a job's name it must not be given to several. */
  static void check(StartRequest request, int jobs) throws NotNow {
    if (request.from() instanceof StartFrom.Named named && jobs != 1) {
      throw new NotNow(
          NotNow.Kind.USAGE,
          "--from " + named.pathOrId() + " needs the name of the job; nothing was done");
    }
  }

  /** The directory of a savepoint that the ledger needn't know. */
  static String directory(String typed, String root) throws NotNow {
    return full(typed, root)
        .orElseThrow(
            () ->
                new NotNow(
                    NotNow.Kind.USAGE,
                    "'"
                        + typed
                        + "' is neither an absolute path, nor a URI such as "
                        + root
                        + "/…; nothing was done"));
  }

  private static String path(String pathOrId, JobHistory history, String root) throws NotNow {
    Optional<String> full = full(pathOrId, root);
    if (full.isPresent()) {
      return full.get();
    }
    if (pathOrId.contains("/")) {
      throw new NotNow(
          NotNow.Kind.USAGE,
          "'"
              + pathOrId
              + "' is neither an id, nor an absolute path, nor a URI such as "
              + root
              + "/…; nothing was done");
    }
    List<Savepoint> named =
        history.retained().stream().filter(s -> s.id().value().startsWith(pathOrId)).toList();
    if (named.size() != 1) {
      throw new NotNow(
          NotNow.Kind.USAGE,
          (named.isEmpty() ? "no retained savepoint" : named.size() + " retained savepoints")
              + " of "
              + history.job()
              + " with an id that begins with '"
              + pathOrId
              + "'; see `savepointd list "
              + history.job()
              + "`");
    }
    return named.get(0).path();
  }

  /** As Flink will name it once a run has been restored from it; empty if it is no path. */
  private static Optional<String> full(String typed, String root) {
    String path = typed.replaceAll("(?<=[^/:])/+$", "");
    Address base = Address.of(root).orElseThrow();
    if (path.startsWith("/")) {
      return Optional.of(base.at(path).toString());
    }
    return Address.of(path)
        .map(address -> address.equals(address.on(base)) ? path : address.on(base).toString());
  }
}
