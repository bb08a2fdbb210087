package io.savepointd.admin;

import io.savepointd.model.JobName;
import io.savepointd.model.SavepointFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Operations that answer what a test has put in, and remember what was asked of them. */
public final class FakeOperations implements Operations {
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<StatusBody.JobBody> jobs = new ArrayList<>();
  private final List<SavepointsBody.SavepointBody> savepoints = new ArrayList<>();
  private final List<LineageBody.RunBody> runs = new ArrayList<>();
  private Optional<NotNow> no = Optional.empty();
  private Optional<RuntimeException> bug = Optional.empty();

  /** What was asked, in order, as {@code status} or {@code prune Optional[averaging] true}. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  /** From now on every request is answered so. */
  public void refuse(NotNow answer) {
    no = Optional.of(answer);
  }

  /** From now on every request meets a bug. */
  public void breakWith(RuntimeException fault) {
    bug = Optional.of(fault);
  }

  /** The jobs that status tells of. */
  public List<StatusBody.JobBody> jobs() {
    return jobs;
  }

  /** The savepoints to list, newest first. */
  public List<SavepointsBody.SavepointBody> savepoints() {
    return savepoints;
  }

  /** The runs of the lineage, newest first. */
  public List<LineageBody.RunBody> runs() {
    return runs;
  }

  @Override
  public StatusBody status() throws NotNow {
    ask("status");
    return new StatusBody("1.2.3", "active", "", "hdfs://nn:9000/root", List.copyOf(jobs));
  }

  @Override
  public SavepointsBody savepoints(Optional<JobName> job, boolean all) throws NotNow {
    ask("savepoints " + job + " " + all);
    return new SavepointsBody(List.copyOf(savepoints));
  }

  @Override
  public LineageBody lineage(Optional<JobName> job) throws NotNow {
    ask("lineage " + job);
    return new LineageBody(List.copyOf(runs));
  }

  @Override
  public List<OutcomeBody> takeSavepoint(Optional<JobName> job, SavepointFormat format)
      throws NotNow {
    ask("savepoint " + job + " " + format);
    return List.of(new OutcomeBody("averaging", "done", "taken"));
  }

  @Override
  public List<OutcomeBody> start(Optional<JobName> job, StartRequest request) throws NotNow {
    ask("start " + job + " " + request);
    return List.of(new OutcomeBody("averaging", "refused", "it is alive"));
  }

  @Override
  public PruneBody prune(Optional<JobName> job, boolean dryRun) throws NotNow {
    ask("prune " + job + " " + dryRun);
    return new PruneBody(List.of(), List.of(), List.of());
  }

  @Override
  public ReloadBody reload() throws NotNow {
    ask("reload");
    return new ReloadBody("done", "in effect", List.of("job orders: added"));
  }

  @Override
  public OutcomeBody promote() throws NotNow {
    ask("promote");
    return new OutcomeBody("daemon", "done", "active after 1.3 s");
  }

  @Override
  public List<OutcomeBody> stop(JobName job) throws NotNow {
    ask("stop " + job);
    return List.of(new OutcomeBody(job.value(), "done", "stopped"));
  }

  @Override
  public List<OutcomeBody> upgrade(JobName job, boolean dropState, boolean dryRun) throws NotNow {
    ask("upgrade " + job + " " + dropState + " " + dryRun);
    return List.of(new OutcomeBody(job.value(), "done", "upgraded"));
  }

  @Override
  public List<OutcomeBody> move(JobName job, MoveRequest request) throws NotNow {
    ask("move " + job + " " + request);
    return List.of(new OutcomeBody(job.value(), "done", "moved"));
  }

  @Override
  public List<OutcomeBody> release(JobName job) throws NotNow {
    ask("release " + job);
    return List.of(new OutcomeBody(job.value(), "done", "released"));
  }

  @Override
  public List<OutcomeBody> pin(String savepoint, boolean on) throws NotNow {
    ask("pin " + savepoint + " " + on);
    return List.of(new OutcomeBody("averaging", "done", "pinned"));
  }

  @Override
  public VerifyBody verify(List<String> what, boolean deep) throws NotNow {
    ask("verify " + what + " " + deep);
    return new VerifyBody(List.of());
  }

  @Override
  public List<OutcomeBody> adopt(JobName job, String path) throws NotNow {
    ask("adopt " + job + " " + path);
    return List.of(new OutcomeBody(job.value(), "done", "adopted"));
  }

  @Override
  public ScrubBody scrub(Optional<JobName> job, boolean deep, boolean repair) throws NotNow {
    ask("scrub " + job + " " + deep + " " + repair);
    return new ScrubBody(0, deep, List.of());
  }

  @Override
  public RebuildBody rebuildLedger(boolean carryOut, boolean discard) throws NotNow {
    ask("rebuild " + carryOut + " " + discard);
    return new RebuildBody("", List.of(), List.of(), List.of(), List.of());
  }

  private void ask(String what) throws NotNow {
    asked.add(what);
    if (no.isPresent()) {
      throw no.get();
    }
    if (bug.isPresent()) {
      throw bug.get();
    }
  }
}
