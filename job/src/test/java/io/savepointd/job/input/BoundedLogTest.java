package io.savepointd.job.input;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class BoundedLogTest {
  private final Logger logger = new LoggerContext().getLogger("bounded");
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final BoundedLog log = new BoundedLog(logger, Duration.ofSeconds(10), now::get);

  @BeforeEach
  void listen() {
    logged.start();
    logger.addAppender(logged);
  }

  @Test
  void speaksOnceInAnIntervalAndThenSaysWhatItSwallowed() {
    log.warn(() -> "one");
    log.warn(() -> "two");
    now.addAndGet(Duration.ofSeconds(10).toNanos() - 1);
    log.warn(() -> "three");
    now.addAndGet(1);
    log.warn(() -> "four");
    assertThat(logged.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("one suppressed=0", "four suppressed=2");
  }

  @Test
  void countsAfreshAfterItHasSpoken() {
    log.warn(() -> "one");
    log.warn(() -> "two");
    now.addAndGet(Duration.ofSeconds(10).toNanos());
    log.warn(() -> "three");
    now.addAndGet(Duration.ofSeconds(10).toNanos());
    log.warn(() -> "four");
    assertThat(logged.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("one suppressed=0", "three suppressed=1", "four suppressed=0");
  }
}
