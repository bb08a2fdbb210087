package io.savepointd.job.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.job.LineServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.io.InputStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class SocketReaderTest {
  private static final SocketSplit FRESH = new SocketSplit(List.of());

  private final CollectedOutput<String> output = new CollectedOutput<>();
  private LineServer server;
  private SocketReader reader;

  @BeforeEach
  void open() throws Exception {
    server = LineServer.start();
    reader = new SocketReader("localhost", server.port());
  }

  @AfterEach
  void close() throws Exception {
    reader.close();
    server.close();
  }

  @Test
  void emitsTheLinesOfThePeer() throws Exception {
    connect(FRESH);
    server.send("1 2", "3 4");
    assertThat(next(2)).containsExactly("1 2", "3 4");
  }

  @Test
  void neverWaitsForASilentPeer() throws Exception {
    connect(FRESH);
    assertThat(reader.isAvailable()).isNotDone();
    assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
    assertThat(reader.snapshotState(1)).containsExactly(FRESH);
  }

  @Test
  void connectsAgainWhenThePeerHangsUp() throws Exception {
    connect(FRESH);
    server.send("1 2");
    server.sendRaw("3 44");
    server.hangUp();
    server.accept();
    server.send("5 6");
    List<String> lines = next(3);
    assertThat(lines).startsWith("1 2").endsWith("5 6");
    assertThat(ParsedLine.of(lines.get(1))).isInstanceOf(ParsedLine.Bad.class);
  }

  @Test
  void connectsWhenThePeerComesLate() throws Exception {
    int port = server.port();
    server.close();
    reader.addSplits(List.of(FRESH));
    assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
    server = LineServer.on(port);
    server.accept();
    server.send("1 2");
    assertThat(next(1)).containsExactly("1 2");
  }

  @Test
  void keepsReceivedLinesInItsCheckpointAndEmitsThemFirstAfterwards() throws Exception {
    connect(new SocketSplit(List.of("1 1", "2 2")));
    assertThat(reader.snapshotState(1)).containsExactly(new SocketSplit(List.of("1 1", "2 2")));
    server.send("3 3");
    assertThat(next(3)).containsExactly("1 1", "2 2", "3 3");
    assertThat(reader.snapshotState(2)).containsExactly(FRESH);
  }

  @Test
  void closesPromptlyWhileThePeerIsSilent() throws Exception {
    connect(FRESH);
    assertClosesPromptly();
    assertThat(server.clientIsGone()).isTrue();
  }

  @Test
  void closesPromptlyWhileNobodyListens() throws Exception {
    server.close();
    reader.addSplits(List.of(FRESH));
    assertClosesPromptly();
  }

  @Test
  void closesPromptlyWhileThePeerSendsMoreThanItHolds() throws Exception {
    connect(FRESH);
    server.sendRaw("1 2\n".repeat(5_000));
    reader.isAvailable().get(10, TimeUnit.SECONDS);
    assertClosesPromptly();
  }

  @Test
  void aReaderWithoutTheSplitEndsWithoutConnecting() throws Exception {
    var available = reader.isAvailable();
    assertThat(available).isNotDone();
    reader.notifyNoMoreSplits();
    assertThat(available).isDone();
    assertThat(reader.pollNext(output)).isEqualTo(InputStatus.END_OF_INPUT);
  }

  private void connect(SocketSplit split) throws Exception {
    reader.addSplits(List.of(split));
    reader.notifyNoMoreSplits();
    server.accept();
  }

  private void assertClosesPromptly() throws Exception {
    long before = System.nanoTime();
    reader.close();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(900));
  }

  private List<String> next(int count) throws Exception {
    while (output.records().size() < count) {
      reader.isAvailable().get(10, TimeUnit.SECONDS);
      reader.pollNext(output);
    }
    return output.records();
  }
}
