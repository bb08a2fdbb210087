import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * As in many a tutorial: it reads from Flink's own socket source, which can't be stopped with a
 * savepoint, since it closes the socket under its own read. Arguments: host and port.
 */
public final class SocketLines {

  private SocketLines() {}

  public static void main(String[] args) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.enableCheckpointing(1_000); // without, Flink would not restart the run by itself
    env.socketTextStream(args[0], Integer.parseInt(args[1]))
        .keyBy(line -> line)
        .reduce((earlier, later) -> later)
        .print();
    env.execute();
  }
}
