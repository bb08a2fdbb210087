package io.savepointd.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.DeferredProcessingAware;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** The shipped configuration in a Logback of its own, as the launcher sets it up under systemd. */
class JournalLinesTest {
  private static final Path SHIPPED = Path.of("..", "config", "logback.xml");

  @TempDir private Path logs;
  private final LoggerContext context = new LoggerContext();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @BeforeEach
  void configure() throws Exception {
    context.setMDCAdapter(new LogbackMDCAdapter());
    context.putProperty("savepointd.log", "JOURNAL");
    context.putProperty("savepointd.log.dir", logs.toString());
    context.putProperty("savepointd.lineage", "NONE");
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(SHIPPED.toFile());
    ConsoleAppender<? extends DeferredProcessingAware> console =
        (ConsoleAppender<? extends DeferredProcessingAware>)
            context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("JOURNAL");
    console.setOutputStream(new PrintStream(written, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  private List<String> lines() {
    return written.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void eachLevelHasItsPriorityAndNoTime() {
    Logger log = context.getLogger("io.savepointd.supervise.Lane");
    log.error("event=a");
    log.warn("event=b");
    log.info("event=c");
    context.getLogger("io.savepointd.supervise.Lane").setLevel(Level.DEBUG);
    log.debug("event=d");

    assertThat(lines())
        .containsExactly(
            "<3>ERROR [] Lane event=a",
            "<4>WARN  [] Lane event=b",
            "<6>INFO  [] Lane event=c",
            "<7>DEBUG [] Lane event=d");
  }

  @Test
  void everyLineOfAStackTraceHasItToo() {
    context
        .getLogger("io.savepointd.supervise.Lane")
        .error("event=lane.bug", new IllegalStateException("first\nsecond", new Error("cause")));

    assertThat(lines()).hasSizeGreaterThan(5).allMatch(line -> line.startsWith("<3>"));
    assertThat(lines()).anyMatch(line -> line.startsWith("<3>\tat "));
    assertThat(lines()).contains("<3>Caused by: java.lang.Error: cause", "<3>second");
  }

  @Test
  void aLineWithinAMessageCannotPretendToBeAnother() {
    context.getLogger("io.savepointd.flink.Rest").warn("reason=\"a\n<6>b\n\n\rc\"");

    assertThat(lines()).containsExactly("<4>WARN  [] Rest reason=\"a", "<4><6>b", "<4>c\"");
  }

  @Test
  void aLibrarysWarningIsANotice() {
    context.getLogger("org.apache.hadoop.hdfs.DFSClient").warn("Slow ReadProcessor");
    context.getLogger("org.apache.hadoop.hdfs.DataStreamer").error("Exception in thread");

    assertThat(lines())
        .containsExactly(
            "<5>WARN  [] DFSClient Slow ReadProcessor",
            "<3>ERROR [] DataStreamer Exception in thread");
  }
}
