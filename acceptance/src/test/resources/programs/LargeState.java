import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/**
 * A chain of stateful operators, each of which keeps some random bytes for every key, that no
 * compression makes smaller. They are a function of operator and key, so that each later look tells
 * whether a restored run has what the one before it had; if not, it fails. Once all keys have been
 * there it goes slowly. Arguments: operators, MiB of all their state together.
 */
public final class LargeState {

  private static final int BYTES = 32 * 1024;

  private LargeState() {}

  public static void main(String[] args) throws Exception {
    int operators = Integer.parseInt(args[0]);
    long keys = Long.parseLong(args[1]) * 1024 * 1024 / BYTES / operators;
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    DataStream<Long> stream =
        env.fromSequence(0, Long.MAX_VALUE - 1).uid("numbers").map(new Keys(keys)).uid("keys");
    for (int i = 0; i < operators; i++) {
      stream = stream.keyBy(key -> key).flatMap(new Keeper(i)).name("keeper-" + i).uid("k" + i);
    }
    stream.sinkTo(new DiscardingSink<>()).uid("end");
    env.execute();
  }

  /** Each key once over all subtasks, and then over and over again, a hundred of them a second. */
  private static final class Keys extends RichMapFunction<Long, Long> {
    private final long keys;
    private transient long seen;

    Keys(long keys) {
      this.keys = keys;
    }

    @Override
    public Long map(Long number) {
      int subtasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
      int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
      long key = seen * subtasks + subtask;
      if (key >= keys) {
        LockSupport.parkNanos(10_000_000);
      }
      seen++;
      return key % keys;
    }
  }

  /** Keeps the bytes of each key that it sees, and compares them with what they should be. */
  private static final class Keeper extends RichFlatMapFunction<Long, Long> {
    private final int operator;
    private transient ValueState<byte[]> state;

    Keeper(int operator) {
      this.operator = operator;
    }

    @Override
    public void open(OpenContext context) {
      state = getRuntimeContext().getState(new ValueStateDescriptor<>("bytes", byte[].class));
    }

    @Override
    public void flatMap(Long key, Collector<Long> out) throws Exception {
      byte[] right = new byte[BYTES];
      new SplittableRandom(key * 1_000 + operator).nextBytes(right);
      byte[] kept = state.value();
      if (kept == null) {
        state.update(right);
      } else if (!Arrays.equals(kept, right)) {
        throw new IllegalStateException("key " + key + " of operator " + operator + " has changed");
      }
      out.collect(key);
    }
  }
}
