package io.savepointd.simulation;

import io.savepointd.model.JobName;
import io.savepointd.model.Savepoint;
import io.savepointd.model.SavepointId;
import io.savepointd.model.TriggerId;
import io.savepointd.storage.SavepointStore;
import io.savepointd.storage.StorageUnavailable;
import io.savepointd.storage.Stored;
import io.savepointd.storage.Verification;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What one process sees of the storage. */
final class StoreLink implements SavepointStore {
  private final Simulation simulation;
  private final Life process;
  private final StorageWorld world;

  StoreLink(Simulation simulation, Life process, StorageWorld world) {
    this.simulation = simulation;
    this.process = process;
    this.world = world;
  }

  private void reach(String what) throws StorageUnavailable {
    process.before("storage " + what);
    if (world.down() || simulation.faults().storageFails()) {
      throw new StorageUnavailable("storage " + what, new IOException("simulated"));
    }
  }

  @Override
  public String root() {
    return world.fake().root();
  }

  @Override
  public String directoryOf(JobName job, TriggerId trigger) {
    return world.fake().directoryOf(job, trigger);
  }

  @Override
  public boolean anythingUnder(JobName job) throws StorageUnavailable {
    reach("anything");
    return world.fake().anythingUnder(job);
  }

  @Override
  public List<String> savepointsIn(String directory) throws StorageUnavailable {
    reach("list");
    return world.fake().savepointsIn(directory);
  }

  @Override
  public List<String> checkpointsIn(String directory) throws StorageUnavailable {
    reach("list");
    return world.fake().checkpointsIn(directory);
  }

  @Override
  public Verification verify(String path) throws StorageUnavailable {
    reach("verify");
    return world.fake().verify(path);
  }

  @Override
  public Verification verifyDeep(String path) throws StorageUnavailable {
    reach("verify deep");
    return world.fake().verifyDeep(path);
  }

  @Override
  public Optional<Instant> writtenAt(String path) throws StorageUnavailable {
    reach("written at");
    return world.fake().writtenAt(path);
  }

  @Override
  public List<Stored> survey() throws StorageUnavailable {
    reach("survey");
    return world.fake().survey();
  }

  @Override
  public void delete(Savepoint savepoint) throws StorageUnavailable {
    reach("delete");
    simulation.trace().add(process + " deletes savepoint " + savepoint.id());
    simulation.rules().deletes(process, savepoint.id());
    dying();
    world.fake().delete(savepoint);
    process.after("storage delete");
  }

  @Override
  public void deleteTrigger(JobName job, TriggerId trigger) throws StorageUnavailable {
    reach("delete trigger");
    simulation.trace().add(process + " deletes what trigger " + trigger + " left");
    simulation.rules().deletesLeftover(process, new SavepointId(trigger.value()));
    dying();
    world.fake().deleteTrigger(job, trigger);
    process.after("storage delete trigger");
  }

  private void dying() {
    if (simulation.faults().deletionDies()) {
      world.fake().failNextDeletionAfterRename();
    }
  }

  @Override
  public void close() {}
}
