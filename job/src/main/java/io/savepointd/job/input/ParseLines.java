package io.savepointd.job.input;

import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.slf4j.LoggerFactory;

/**
 * Turns lines into records. A bad line is counted in the metric {@code badLines}, logged at most
 * every ten seconds, and otherwise passed over.
 */
public final class ParseLines extends RichFlatMapFunction<String, Tuple2<Long, Long>> {
  private static final long serialVersionUID = 1L;
  private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);
  private static final int EXCERPT = 80;

  private transient Counter badLines;
  private transient BoundedLog log;

  @Override
  public void open(OpenContext context) {
    badLines = getRuntimeContext().getMetricGroup().counter("badLines");
    log = new BoundedLog(LoggerFactory.getLogger(ParseLines.class), LOG_INTERVAL, System::nanoTime);
  }

  @Override
  public void flatMap(String line, Collector<Tuple2<Long, Long>> out) {
    ParsedLine parsed = ParsedLine.of(line);
    if (parsed instanceof ParsedLine.Good good) {
      out.collect(Tuple2.of(good.key(), good.value()));
    } else if (parsed instanceof ParsedLine.Bad bad) {
      badLines.inc();
      log.warn(
          () ->
              "event=line.bad reason=\"%s\" line=\"%s\" total=%d"
                  .formatted(bad.reason(), excerpt(line), badLines.getCount()));
    }
  }

  /** Without control characters, which could forge lines of the log. */
  private static String excerpt(String line) {
    int length = Math.min(line.length(), EXCERPT);
    return line.substring(0, length).replaceAll("\\p{Cntrl}", "?")
        + (length < line.length() ? "…" : "");
  }
}
