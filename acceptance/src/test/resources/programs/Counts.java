import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Counts by key, in an operator named by the first argument; further arguments say what a later
 * version of it does: {@code more} has one operator more, {@code dies} fails at its first record,
 * {@code refuses} throws before it submits anything.
 */
public final class Counts {

  private Counts() {}

  public static void main(String[] args) throws Exception {
    String uid = args[0];
    List<String> kinds = List.of(args).subList(1, args.length);
    if (kinds.contains("refuses")) {
      throw new IllegalStateException("this version was never meant to run");
    }
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    var counted =
        env.fromSequence(0, Long.MAX_VALUE)
            .setParallelism(1) // a reader without a part of the sequence would end at once
            .uid("numbers")
            .map(new Slowly()) // before the exchange, whose buffers a savepoint has to wait for
            .setParallelism(1)
            .keyBy(number -> number % 8)
            .map(new Count(kinds.contains("dies")))
            .uid(uid);
    if (kinds.contains("more")) {
      counted.keyBy(count -> count % 8).map(new Count(false)).uid("more").print();
    } else {
      counted.print();
    }
    env.execute();
  }

  private static final class Slowly implements MapFunction<Long, Long> {

    private static final long serialVersionUID = 1L;

    @Override
    public Long map(Long number) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      return number;
    }
  }

  private static final class Count extends RichMapFunction<Long, Long> {

    private static final long serialVersionUID = 1L;

    private final boolean dies;
    private transient ValueState<Long> count;

    Count(boolean dies) {
      this.dies = dies;
    }

    @Override
    public Long map(Long number) throws Exception {
      if (dies) {
        throw new IllegalStateException("this version dies of its first record");
      }
      if (count == null) {
        count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Long.class));
      }
      Long before = count.value();
      count.update(before == null ? 1L : before + 1);
      return number;
    }
  }
}
