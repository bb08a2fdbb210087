import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A program that can't commit, as one whose database has gone: a stop of it fails when its savepoint
 * is complete. It makes no checkpoints, so that nothing fails before.
 */
public final class FailsAtItsEnd {

  private FailsAtItsEnd() {}

  public static void main(String[] args) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.fromSequence(0, Long.MAX_VALUE).map(new Slowly()).print();
    env.execute();
  }

  private static final class Slowly implements MapFunction<Long, Long>, CheckpointListener {

    private static final long serialVersionUID = 1L;

    @Override
    public Long map(Long number) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      return number;
    }

    /** Not in close(): what fails while it is cancelled takes its TaskManager along. */
    @Override
    public void notifyCheckpointComplete(long checkpoint) {
      throw new IllegalStateException("the service has gone");
    }
  }
}
