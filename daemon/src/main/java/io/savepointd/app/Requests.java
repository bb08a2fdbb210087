package io.savepointd.app;

import io.savepointd.admin.NotNow;
import io.savepointd.admin.Operations.StartFrom;
import io.savepointd.admin.Operations.StartRequest;
import io.savepointd.ledger.JobHistory;
import io.savepointd.model.Savepoint;
import io.savepointd.supervise.Demand;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

/** What people type, as demands on a lane. */
final class Requests {
  private static final Pattern URI_SHAPE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/.*");

  private Requests() {}

  /** A start; an id becomes the path of the one retained savepoint whose id begins so. */
  static Demand.Start start(StartRequest request, JobHistory history, String root) throws NotNow {
    Demand.From from =
        request.from() instanceof StartFrom.Named named
            ? new Demand.From.Path(path(named.pathOrId(), history, root))
            : request.from() instanceof StartFrom.Nothing
                ? new Demand.From.Nothing()
                : new Demand.From.Latest();
    return new Demand.Start(from, request.replace());
  }

  /** A savepoint is one job's: without a job's name it must not be given to several. */
  static void check(StartRequest request, int jobs) throws NotNow {
    if (request.from() instanceof StartFrom.Named named && jobs != 1) {
      throw new NotNow(
          NotNow.Kind.USAGE,
          "--from " + named.pathOrId() + " needs the name of the job; nothing was done");
    }
  }

  private static String path(String pathOrId, JobHistory history, String root) throws NotNow {
    if (pathOrId.startsWith("/")) {
      URI uri = URI.create(root);
      return uri.getScheme()
          + "://"
          + (uri.getAuthority() == null ? "" : uri.getAuthority())
          + pathOrId;
    }
    if (URI_SHAPE.matcher(pathOrId).matches()) {
      return pathOrId;
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
}
