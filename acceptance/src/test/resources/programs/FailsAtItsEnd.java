import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A program that can't be closed, as one that flushes to a service that has gone: a stop of it fails
 * when its savepoint is long complete.
 */
public final class FailsAtItsEnd {

  private FailsAtItsEnd() {}

  public static void main(String[] args) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.fromSequence(0, Long.MAX_VALUE).map(new Slowly()).print();
    env.execute();
  }

  private static final class Slowly extends RichMapFunction<Long, Long> {

    private static final long serialVersionUID = 1L;

    @Override
    public Long map(Long number) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      return number;
    }

    @Override
    public void close() {
      throw new IllegalStateException("the service has gone");
    }
  }
}
