package io.savepointd.job.results;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Counts and sums the records of each key (first input) beside the averages emitted for it (second
 * input) and, when the input has ended, emits (key, "key count sum average").
 *
 * <p>A timer at the end of event time does it: Flink fires it when the input is exhausted, never at
 * a stop without drain, and keeps it in every checkpoint like any state. So each key's line is
 * emitted once in effect, however often the run was restored.
 */
public final class Tally
    extends KeyedCoProcessFunction<
        Long, Tuple2<Long, Long>, Tuple2<Long, Long>, Tuple2<Long, String>> {
  private static final long serialVersionUID = 1L;

  private transient ValueState<Tuple2<Long, Long>> countAndSum;
  private transient ValueState<Long> lastAverage;

  @Override
  public void open(OpenContext context) {
    countAndSum =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>("countAndSum", Types.TUPLE(Types.LONG, Types.LONG)));
    lastAverage =
        getRuntimeContext().getState(new ValueStateDescriptor<>("lastAverage", Types.LONG));
  }

  @Override
  public void processElement1(
      Tuple2<Long, Long> record, Context context, Collector<Tuple2<Long, String>> out)
      throws Exception {
    Tuple2<Long, Long> before = countAndSum.value();
    long count = before == null ? 0 : before.f0;
    long sum = before == null ? 0 : before.f1;
    // Wraps around: under --emit reset a total may overflow where no average does.
    countAndSum.update(Tuple2.of(count + 1, sum + record.f1));
    context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
  }

  @Override
  public void processElement2(
      Tuple2<Long, Long> average, Context context, Collector<Tuple2<Long, String>> out)
      throws Exception {
    lastAverage.update(average.f1);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Tuple2<Long, String>> out)
      throws Exception {
    long key = context.getCurrentKey();
    Tuple2<Long, Long> tally = countAndSum.value();
    Long average = lastAverage.value();
    String written = average == null ? "-" : Long.toString(average);
    out.collect(Tuple2.of(key, key + " " + tally.f0 + " " + tally.f1 + " " + written));
  }
}
