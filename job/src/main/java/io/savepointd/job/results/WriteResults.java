package io.savepointd.job.results;

import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Gathers the lines of all keys and writes them to one file when the last has come; emits the
 * file's path. Runs as one subtask under one key. Written again after a failure, the file is the
 * same.
 */
public final class WriteResults
    extends KeyedProcessFunction<Integer, Tuple2<Long, String>, String> {
  private static final long serialVersionUID = 1L;

  private final String directory;
  private transient MapState<Long, String> lines;

  public WriteResults(String directory) {
    this.directory = directory;
  }

  @Override
  public void open(OpenContext context) {
    lines =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("lines", Types.LONG, Types.STRING));
  }

  @Override
  public void processElement(Tuple2<Long, String> line, Context context, Collector<String> out)
      throws Exception {
    lines.put(line.f0, line.f1);
    // Fires after those of all keys: a watermark reaches this operator behind what they emitted.
    context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<String> out)
      throws Exception {
    TreeMap<Long, String> sorted = new TreeMap<>();
    for (Map.Entry<Long, String> line : lines.entries()) {
      sorted.put(line.getKey(), line.getValue());
    }
    out.collect(new ResultsFile(new Path(directory)).write(sorted.values()).toString());
  }
}
