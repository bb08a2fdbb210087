package io.savepointd.job;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.util.Collector;

/**
 * Keeps (count, sum) of each key and, from the second record of a key on, emits (key, sum / count),
 * rounded towards zero. Must run on a stream keyed by the first field.
 */
public final class CountWindowAverage
    extends RichFlatMapFunction<Tuple2<Long, Long>, Tuple2<Long, Long>> {
  private static final long serialVersionUID = 1L;

  private final Emit emit;
  private transient ValueState<Tuple2<Long, Long>> average;

  CountWindowAverage(Emit emit) {
    this.emit = emit;
  }

  @Override
  public void open(OpenContext context) {
    average =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("average", Types.TUPLE(Types.LONG, Types.LONG)));
  }

  @Override
  public void flatMap(Tuple2<Long, Long> input, Collector<Tuple2<Long, Long>> out)
      throws Exception {
    Tuple2<Long, Long> before = average.value();
    long count = before == null ? 0 : before.f0;
    long sum = before == null ? 0 : before.f1;
    Tuple2<Long, Long> after = Tuple2.of(count + 1, add(input, count, sum));
    average.update(after);
    if (after.f0 >= 2) {
      out.collect(Tuple2.of(input.f0, after.f1 / after.f0));
      if (emit == Emit.RESET) {
        average.clear();
      }
    }
  }

  private static long add(Tuple2<Long, Long> input, long count, long sum) {
    try {
      return Math.addExact(sum, input.f1);
    } catch (ArithmeticException overflow) {
      SumOverflowException named = new SumOverflowException(input.f0, count, sum, input.f1);
      named.initCause(overflow);
      throw named;
    }
  }
}
