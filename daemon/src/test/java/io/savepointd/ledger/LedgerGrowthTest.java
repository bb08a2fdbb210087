package io.savepointd.ledger;

import static io.savepointd.ledger.SampleEvents.JOB;
import static io.savepointd.ledger.SampleEvents.run;
import static io.savepointd.ledger.SampleEvents.savepoint;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.model.Origin;
import io.savepointd.model.RunEnd;
import io.savepointd.model.Savepoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger of many days of a savepoint every 30 s, each of which was deleted soon after. */
class LedgerGrowthTest {
  private static final int SAVEPOINTS = 100_000;
  private static final int RETAINED = 5;
  private static final int SAVEPOINTS_OF_A_RUN = 100;
  private static final int SEGMENT_BYTES = 1 << 20;

  private final EventCodec codec = new EventCodec();
  private List<Event> segment = new ArrayList<>();
  private int bytes;
  private long number;

  @TempDir Path root;

  @Test
  void aLedgerOfManyDaysIsOpenedAndLeavesLittle() throws Exception {
    writeManyDays();
    assertThat(number).isGreaterThan(50);

    try (LedgerDirectory directory = directory()) {
      try (Ledger ledger = directory.tryOpen(lost -> {})) {
        requireWhatMatters(ledger.history().of(JOB));
      }
      assertThat(linesOnDisk()).isLessThan(6_000);
      requireWhatMatters(directory.read().history().of(JOB));
    }
  }

  private static void requireWhatMatters(JobHistory h) {
    int runs = SAVEPOINTS / SAVEPOINTS_OF_A_RUN;
    assertThat(h.retained())
        .extracting(Savepoint::id)
        .containsExactly(
            savepoint(SAVEPOINTS),
            savepoint(SAVEPOINTS - 1),
            savepoint(SAVEPOINTS - 2),
            savepoint(SAVEPOINTS - 3),
            savepoint(SAVEPOINTS - 4));
    assertThat(h.openRun().orElseThrow().id()).isEqualTo(run(runs));
    assertThat(h.openRun().orElseThrow().checkpointed()).isTrue();
    assertThat(h.openTriggers()).extracting(t -> t.run()).containsExactly(run(runs));
    assertThat(h.lastIntended())
        .containsEntry(SampleEvents.FREQUENT, SampleEvents.minute(SAVEPOINTS + 1));
    assertThat(h.runs()).hasSizeLessThan(Forgetting.RUNS_OVER + 10);
    assertThat(h.savepoints()).hasSizeLessThan(Forgetting.RUNS_OVER + 250);
  }

  private void writeManyDays() throws IOException {
    Files.createDirectories(root);
    put(new Event.Opened(SampleEvents.START, SampleEvents.owner("a")));
    int run = 0;
    for (int i = 1; i <= SAVEPOINTS; i++) {
      if (i % SAVEPOINTS_OF_A_RUN == 1) {
        run++;
        put(SampleEvents.intended(run, origin(i - 1), i));
        put(SampleEvents.started(run, i));
        put(new Event.RunCheckpointed(SampleEvents.minute(i), JOB, run(run)));
      }
      put(SampleEvents.asked(i, run, i));
      put(SampleEvents.retained(i, i));
      put(new Event.Heartbeat(SampleEvents.minute(i)));
      if (i > RETAINED) {
        put(SampleEvents.expired(i - RETAINED, i));
        put(SampleEvents.deleted(i - RETAINED, i));
      }
      if (i % SAVEPOINTS_OF_A_RUN == 0 && i < SAVEPOINTS) {
        put(SampleEvents.ended(run, RunEnd.FAILED, i));
      }
    }
    put(SampleEvents.asked(SAVEPOINTS + 1, run, SAVEPOINTS + 1));
    flush();
  }

  private static Origin origin(int savepoint) {
    return savepoint == 0 ? new Origin.Empty() : new Origin.Restored(SampleEvents.path(savepoint));
  }

  private void put(Event event) throws IOException {
    segment.add(event);
    bytes += 300;
    if (bytes > SEGMENT_BYTES) {
      flush();
      put(new Event.Opened(event.at(), SampleEvents.owner("a")));
    }
  }

  private void flush() throws IOException {
    number++;
    Files.write(
        root.resolve(LedgerLayout.segmentName(number)), SegmentStream.lines(codec, segment));
    segment = new ArrayList<>();
    bytes = 0;
  }

  private long linesOnDisk() throws IOException {
    long lines = 0;
    for (String name : new LocalSegments(root, new LocalLocks()).list()) {
      if (name.endsWith(".jsonl")) {
        lines += Files.readAllLines(root.resolve(name)).size();
      }
    }
    return lines;
  }

  private LedgerDirectory directory() {
    return new LedgerDirectory(
        new LedgerContext(
            new LocalSegments(root, new LocalLocks()),
            new LedgerSettings(Duration.ofHours(1), Duration.ofHours(2), SEGMENT_BYTES, 0),
            codec,
            SampleEvents.owner("b"),
            ProcessTableTest.table(true, Map.of()),
            Clock.fixed(SampleEvents.minute(0), ZoneOffset.UTC),
            new SteppedTime()));
  }
}
