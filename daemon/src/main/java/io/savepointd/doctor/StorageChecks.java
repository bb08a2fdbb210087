package io.savepointd.doctor;

import static io.savepointd.doctor.StorageRootCheck.NAME;

import io.savepointd.model.JobName;
import io.savepointd.storage.StorageFault;
import io.savepointd.storage.StorageProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The steps of the storage's probe in the order in which they are told. */
final class StorageChecks {
  static final String REACH = "storage reach";
  static final String SAFE_MODE = "storage safe mode";
  static final String WRITE = "storage write";

  /** Each in files of its own, and none after the scratch directory is gone. */
  private static final List<String> IN_SCRATCH =
      List.of("storage create", "storage rename", "storage append", "storage lease");

  private final Seen<Storage> storage;
  private final StorageRemedies remedies;
  private final List<Check> checks = new ArrayList<>();

  StorageChecks(Seen<Storage> storage, StorageRemedies remedies) {
    this.storage = storage;
    this.remedies = remedies;
  }

  List<Check> all(Set<JobName> jobs) {
    add("storage user", List.of(NAME), StorageChecks::user);
    add(REACH, List.of(NAME), StorageChecks::reach);
    add(SAFE_MODE, List.of(REACH), StorageChecks::safeMode);
    add(WRITE, List.of(REACH, SAFE_MODE), StorageChecks::write);
    add(
        "storage create",
        List.of(WRITE),
        on -> {
          on.probe().createAgain();
          return new Verdict.Ok("what is there isn't created again");
        });
    add(
        "storage rename",
        List.of(WRITE),
        on -> {
          on.probe().rename();
          return new Verdict.Ok("a file bears its new name alone");
        });
    add(
        "storage append",
        List.of(WRITE),
        on -> {
          on.probe().append();
          return new Verdict.Ok("a closed file takes more");
        });
    add("storage lease", List.of(WRITE), StorageChecks::lease);
    checks.add(
        new StorageStep(
            "storage delete",
            List.of(WRITE),
            IN_SCRATCH,
            storage,
            remedies,
            on -> {
              on.probe().delete();
              return new Verdict.Ok("the scratch directory is gone");
            }));
    add("storage permissions", List.of(REACH), on -> permissions(on, jobs));
    add("storage copies", List.of(WRITE), StorageChecks::copies);
    add("clock of storage", List.of(WRITE), StorageChecks::clock);
    return List.copyOf(checks);
  }

  private void add(String name, List<String> needs, StorageStep.Step step) {
    checks.add(new StorageStep(name, needs, List.of(), storage, remedies, step));
  }

  private static Verdict user(Storage on) throws StorageFault {
    StorageProbe.Identity identity = on.probe().identity();
    on.user().put(identity.user());
    if (!identity.kerberos()) {
      return new Verdict.Ok(identity.user() + ", without Kerberos");
    }
    return identity.ticket()
        ? new Verdict.Ok(identity.user() + ", by Kerberos")
        : new Verdict.Failed(
            identity.user() + ", and Kerberos is wanted, but there is no ticket",
            "name a principal and its keytab in the configuration, or kinit for a trial");
  }

  private static Verdict reach(Storage on) throws StorageFault {
    StorageProbe.Reached reached = on.probe().reach();
    on.reached().put(reached);
    return new Verdict.Ok(
        reached.access().orElse("it answers; the root isn't there yet and will be made"));
  }

  private static Verdict safeMode(Storage on) throws StorageFault {
    return on.probe().safeMode()
        ? new Verdict.Failed(
            "the NameNode is in safe mode and takes no changes", StorageRemedies.LEAVE_SAFE_MODE)
        : new Verdict.Ok("off");
  }

  private static Verdict write(Storage on) throws StorageFault {
    on.written().put(on.probe().write());
    return new Verdict.Ok("a file was written, synced and read");
  }

  private static Verdict lease(Storage on) throws StorageFault {
    return on.probe().guard() instanceof StorageProbe.Guard.Lease lease
        ? new Verdict.Ok(
            "a second writer is refused; taken from the first after "
                + lease.took().toMillis()
                + " ms, which then can't write")
        : new Verdict.Ok("a lock file in its place, on a local root");
  }

  private static Verdict permissions(Storage on, Set<JobName> jobs) throws StorageFault {
    List<String> closed = on.probe().closedTo(jobs);
    return closed.isEmpty()
        ? new Verdict.Ok("savepoints there are can be deleted")
        : new Verdict.Failed(
            "this user may not delete what is in " + String.join(", ", closed),
            "run as the user that Flink runs as (HADOOP_USER_NAME), or let this one in: hdfs dfs"
                + " -setfacl -R -m and default entries on "
                + on.probe().root());
  }

  private static Verdict copies(Storage on) {
    StorageProbe.Written written = on.written().need();
    if (on.probe().root().startsWith("file:")) {
      return new Verdict.Ok("one, on a local root");
    }
    if (written.copiesMade() < written.copiesWanted()) {
      return new Verdict.Warn(
          written.copiesMade() + " of " + written.copiesWanted() + " wanted: too few DataNodes",
          "start DataNodes (hdfs dfsadmin -report), or set ledger.replication to "
              + Math.max(1, written.copiesMade()));
    }
    return written.copiesWanted() == 1
        ? new Verdict.Warn(
            "one: the ledger is interrupted whenever its DataNode restarts, and lost with it",
            "ledger.replication = 2 or more, where there are as many DataNodes")
        : new Verdict.Ok(written.copiesMade() + " of " + written.copiesWanted());
  }

  private static Verdict clock(Storage on) {
    return ClockVerdict.of(on.written().need().clock(), "the storage's");
  }
}
