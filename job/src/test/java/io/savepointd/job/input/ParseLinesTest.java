package io.savepointd.job.input;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.Arrays;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.operators.StreamFlatMap;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@SuppressWarnings("try") // close() of Flink's harness is declared to throw any Exception.
final class ParseLinesTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(ParseLines.class);
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  @BeforeEach
  void listen() {
    logged.start();
    logger.addAppender(logged);
    logger.setAdditive(false);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(logged);
    logger.setAdditive(true);
  }

  @Test
  void passesGoodLinesOnAndBadOnesOver() throws Exception {
    assertThat(parsed("1 3", "", "letters here", "2 4"))
        .containsExactly(Tuple2.of(1L, 3L), Tuple2.of(2L, 4L));
  }

  @Test
  void logsAFloodOfBadLinesOnce() throws Exception {
    String[] flood = new String[10_000];
    Arrays.fill(flood, "x");
    assertThat(parsed(flood)).isEmpty();
    assertThat(logged.list).hasSize(1);
    assertThat(logged.list.get(0).getFormattedMessage())
        .isEqualTo("event=line.bad reason=\"one field\" line=\"x\" total=1 suppressed=0");
  }

  @Test
  void logsNeitherControlCharactersNorLongLinesWhole() throws Exception {
    assertThat(parsed("a\n\u001b[31m" + "b".repeat(500))).isEmpty();
    assertThat(logged.list.get(0).getFormattedMessage())
        .contains("line=\"a??[31mbbb")
        .contains("b…\"")
        .hasSizeLessThan(200);
  }

  private static Iterable<Tuple2<Long, Long>> parsed(String... lines) throws Exception {
    try (var harness =
        new OneInputStreamOperatorTestHarness<String, Tuple2<Long, Long>>(
            new StreamFlatMap<>(new ParseLines()))) {
      harness.open();
      for (String line : lines) {
        harness.processElement(line, 0);
      }
      return harness.extractOutputValues();
    }
  }
}
