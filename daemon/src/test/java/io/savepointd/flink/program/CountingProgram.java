package io.savepointd.flink.program;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/** A program for real clusters in tests: counts numbers for each key, without end. */
public final class CountingProgram {
  private CountingProgram() {}

  /**
   * Arguments: how many numbers to count a second, and "fail" to fail once the run is submitted.
   */
  public static void main(String[] args) throws Exception {
    double rate = Double.parseDouble(args[0]);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.enableCheckpointing(300);
    DataGeneratorSource<Long> numbers =
        new DataGeneratorSource<>(
            n -> n, Long.MAX_VALUE, RateLimiterStrategy.perSecond(rate), Types.LONG);
    env.fromSource(numbers, WatermarkStrategy.noWatermarks(), "numbers")
        .uid("numbers")
        .keyBy(n -> n % 10)
        .process(new Count())
        .uid("count")
        .returns(Types.LONG)
        .sinkTo(new DiscardingSink<>())
        .uid("nowhere");
    env.executeAsync();
    if (args.length > 1) {
      throw new IllegalStateException("failed after the run was submitted");
    }
  }

  private static final class Count extends KeyedProcessFunction<Long, Long, Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(Long number, Context context, Collector<Long> out) throws Exception {
      ValueState<Long> count =
          getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
      Long before = count.value();
      long now = before == null ? 1 : before + 1;
      count.update(now);
      out.collect(now);
    }
  }
}
