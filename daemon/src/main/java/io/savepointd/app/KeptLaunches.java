package io.savepointd.app;

import io.savepointd.ledger.History;
import io.savepointd.model.Job;
import io.savepointd.storage.LaunchArchive;
import io.savepointd.storage.StorageUnavailable;
import io.savepointd.supervise.NeededLaunches;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done about kept launches once the ledger is held, before anything is submitted: so that
 * none that somebody is about to need can be taken away.
 */
final class KeptLaunches {
  private static final Logger LOG = LoggerFactory.getLogger(KeptLaunches.class);

  private final LaunchArchive archive;

  KeptLaunches(LaunchArchive archive) {
    this.archive = archive;
  }

  /**
   * Deletes what nothing on the ledger needs. Neither that nor reading them must keep a job down.
   *
   * @return the rest in full, since what was started with a secret may still quote it
   */
  Collection<Job> tidied(History history, Collection<Job> configured) {
    try {
      NeededLaunches needed = NeededLaunches.of(history.jobs());
      int deleted = archive.deleteAllBut(needed.launches(), needed.jarDigests());
      if (deleted > 0) {
        LOG.info("event=launches.deleted files={} reason=\"nothing needs them any more\"", deleted);
      }
      return configured.isEmpty() ? List.of() : archive.all(configured.iterator().next());
    } catch (StorageUnavailable e) {
      LOG.info("event=launches.untidied reason=\"{}\" next=\"at the next start\"", e.getMessage());
      return List.of();
    }
  }
}
