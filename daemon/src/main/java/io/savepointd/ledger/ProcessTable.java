package io.savepointd.ledger;

import java.time.Instant;
import java.util.OptionalLong;

/** The processes that this one can see: what lets a dead owner on this machine be known at once. */
interface ProcessTable {
  /**
   * How far two readings of one process's start may be apart: the JDK derives it from the boot
   * time, which moves when the clock is set.
   */
  long TOLERANCE_MILLIS = 10_000;

  /** Whether every living process is seen; false where {@code hidepid} hides those of others. */
  boolean complete();

  /** Whether there is a process with that id. */
  boolean alive(long pid);

  /** When it started, in epoch milliseconds, if that can be told. */
  OptionalLong startedAt(long pid);

  /**
   * Whether {@code other} is certainly dead. Only an owner of the same boot and the same process
   * namespace can be asked about; of any other the answer is false.
   */
  default boolean knownDead(Owner self, Owner other) {
    if (self.bootId().isEmpty()
        || self.pidNamespace().isEmpty()
        || !self.bootId().equals(other.bootId())
        || !self.pidNamespace().equals(other.pidNamespace())
        || !complete()) {
      return false;
    }
    if (!alive(other.pid())) {
      return true;
    }
    OptionalLong started = startedAt(other.pid());
    return started.isPresent()
        && Math.abs(started.getAsLong() - other.processStartedAt()) > TOLERANCE_MILLIS;
  }

  /** The operating system's. */
  static ProcessTable system() {
    return new ProcessTable() {
      @Override
      public boolean complete() {
        return alive(1);
      }

      @Override
      public boolean alive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
      }

      @Override
      public OptionalLong startedAt(long pid) {
        return ProcessHandle.of(pid)
            .flatMap(process -> process.info().startInstant())
            .map(Instant::toEpochMilli)
            .map(OptionalLong::of)
            .orElse(OptionalLong.empty());
      }
    };
  }
}
