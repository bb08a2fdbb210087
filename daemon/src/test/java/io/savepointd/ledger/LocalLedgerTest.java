package io.savepointd.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.savepointd.model.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalLedgerTest extends SegmentsContract {
  @TempDir Path root;

  private final LocalLocks locks = new LocalLocks();

  @Override
  SegmentStore store() {
    return new LocalSegments(root.resolve("ledger"), locks);
  }

  @Override
  LedgerSettings settings() {
    return settings(Duration.ofHours(1), Duration.ofHours(2));
  }

  @Override
  MonotonicTime time() {
    return MonotonicTime.system();
  }

  @Test
  void aTornEndIsCutOff() throws Exception {
    Ledger first = open("a");
    first.append(List.of(SampleEvents.intended(1, new Origin.Empty(), 0)));
    first.close();
    Files.writeString(
        root.resolve("ledger/0000000001.jsonl"),
        "{\"v\":1,\"type\":\"run-st",
        StandardOpenOption.APPEND);

    assertThat(open("b").history().jobs()).isEqualTo(first.history().jobs());
    assertThat(root.resolve("ledger/0000000002.jsonl")).exists();
  }

  @Test
  void garbageInTheMiddleIsRefusedByFileAndLineAndTheLedgerLetGo() throws Exception {
    open("a").close();
    Path segment = root.resolve("ledger/0000000001.jsonl");
    Files.writeString(segment, "garbage\n", StandardOpenOption.APPEND);

    assertThatThrownBy(() -> open("b"))
        .isInstanceOf(LedgerUnreadable.class)
        .hasMessageStartingWith(segment + ":3: not JSON");

    List<String> lines = Files.readAllLines(segment);
    Files.write(segment, lines.subList(0, 2));
    assertThat(open("b").held()).isTrue();
  }

  @Test
  void aDirectoryThatIsNotThereReadsAsEmptyAndIsNotCreated() throws Exception {
    LedgerView view = directory(store(), "reader").read();

    assertThat(view.history().jobs()).isEmpty();
    assertThat(view.owner()).isEmpty();
    assertThat(root.resolve("ledger")).doesNotExist();
  }

  @Test
  void aNewBeginningMovesWhatIsUnreadableAsideAndIsOpenedAsUsual() throws Exception {
    open("a").close();
    Files.writeString(
        root.resolve("ledger/0000000001.jsonl"), "garbage\n", StandardOpenOption.APPEND);

    String aside = directory(store(), "b").beginAnew(List.of()).orElseThrow();

    assertThat(root.resolve(aside).resolve("0000000001.jsonl")).content().endsWith("garbage\n");
    assertThat(open("c").history().jobs()).isEmpty();
    assertThatThrownBy(() -> directory(store(), "d").beginAnew(List.of()))
        .isInstanceOf(LedgerHeld.class);
  }

  @Test
  void readingTellsTheOwnerAndTakesNothing() throws Exception {
    Ledger owner = open("a");
    owner.append(List.of(SampleEvents.intended(1, new Origin.Empty(), 0)));

    LedgerView view = directory(store(), "reader").read();

    assertThat(view.history().jobs()).isEqualTo(owner.history().jobs());
    assertThat(view.owner()).contains(SampleEvents.owner("a"));
    owner.append(List.of(SampleEvents.started(1, 1)));
    owner.close();
    assertThat(directory(store(), "reader").read().owner()).isEmpty();
  }

  @Test
  void aFailedOpeningOfAnotherDoesNotDropTheOwnersLock() throws Exception {
    Ledger owner = open("a");
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> open("b")).isInstanceOf(LedgerHeld.class);
    }

    assertThat(new ProcessBuilder(tryLockOutside()).start().waitFor()).isNotZero();
    assertThat(owner.held()).isTrue();
  }

  /** Another process tries; flock(1) would use another kind of lock than Java does. */
  private List<String> tryLockOutside() throws IOException {
    Path program = root.resolve("TryLock.java");
    Files.writeString(
        program,
        """
        import java.nio.channels.FileChannel;
        import java.nio.file.*;
        class TryLock {
          public static void main(String[] args) throws Exception {
            FileChannel file = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE);
            System.exit(file.tryLock() == null ? 1 : 0);
          }
        }
        """);
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        program.toString(),
        root.resolve("ledger/lock").toString());
  }
}
