package io.savepointd.job.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class LineBufferTest {
  private final LineBuffer buffer = new LineBuffer(2, 10);
  private final ExecutorService network = Executors.newSingleThreadExecutor();

  @AfterEach
  void end() {
    network.shutdownNow();
  }

  @Test
  void handsLinesOverInOrder() throws Exception {
    buffer.put("a");
    buffer.put("b");
    assertThat(buffer.poll()).contains("a");
    assertThat(buffer.poll()).contains("b");
    assertThat(buffer.poll()).isEmpty();
  }

  @Test
  void isAvailableExactlyWhileItHoldsALine() throws Exception {
    CompletableFuture<Void> first = buffer.available();
    assertThat(first).isNotDone();
    buffer.put("a");
    assertThat(first).isDone();
    assertThat(buffer.available()).isDone();
    assertThat(buffer.poll()).isPresent();
    assertThat(buffer.available()).isNotDone();
  }

  @Test
  void anEmptyPollDoesNotReplaceTheFutureThatIsWaitedFor() throws Exception {
    CompletableFuture<Void> waitedFor = buffer.available();
    assertThat(buffer.poll()).isEmpty();
    buffer.put("a");
    assertThat(waitedFor).isDone();
  }

  @Test
  void aFullBufferHoldsTheWriterUntilThereIsRoom() throws Exception {
    buffer.put("a");
    buffer.put("b");
    Future<?> third = putElsewhere("c");
    assertThat(buffer.content()).containsExactly("a", "b");
    assertThat(buffer.poll()).contains("a");
    third.get(10, TimeUnit.SECONDS);
    assertThat(buffer.content()).containsExactly("b", "c");
  }

  @Test
  void longLinesFillItTooButOneAlwaysFits() throws Exception {
    buffer.put("longer than ten");
    Future<?> second = putElsewhere("b");
    assertThat(buffer.content()).containsExactly("longer than ten");
    assertThat(buffer.poll()).isPresent();
    second.get(10, TimeUnit.SECONDS);
    assertThat(buffer.content()).containsExactly("b");
  }

  @Test
  void closingLetsAWaitingWriterGoAndDropsItsLine() throws Exception {
    buffer.put("a");
    buffer.put("b");
    Future<?> third = putElsewhere("c");
    buffer.close();
    third.get(10, TimeUnit.SECONDS);
    assertThat(buffer.content()).containsExactly("a", "b");
  }

  @Test
  void restoredLinesComeFirstWhateverTheirNumber() throws Exception {
    buffer.restore(List.of("a", "b", "c"));
    assertThat(buffer.available()).isDone();
    assertThat(buffer.content()).containsExactly("a", "b", "c");
  }

  private Future<?> putElsewhere(String line) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Future<?> done =
        network.submit(
            () -> {
              begun.countDown();
              buffer.put(line);
              return line;
            });
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    return done;
  }
}
