import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.source.SourceFunction;

/**
 * What the averaging job does, with nothing but the API that was there before Flink 1.20: from
 * lines {@code key number} the average of each key. Arguments: host and port.
 */
public final class PlainAverages {

  private PlainAverages() {}

  public static void main(String[] args) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.enableCheckpointing(1_000);
    env.addSource(new Lines(args[0], Integer.parseInt(args[1])), Types.STRING)
        .uid("lines")
        .map(line -> line.split(" "))
        .returns(Types.OBJECT_ARRAY(Types.STRING))
        .map(part -> Tuple3.of(Long.valueOf(part[0]), Long.valueOf(part[1]), 1L))
        .returns(Types.TUPLE(Types.LONG, Types.LONG, Types.LONG))
        .keyBy(record -> record.f0, Types.LONG)
        .reduce((sum, next) -> Tuple3.of(sum.f0, sum.f1 + next.f1, sum.f2 + next.f2))
        .uid("average")
        .map(sum -> Tuple2.of(sum.f0, sum.f1 / sum.f2))
        .returns(Types.TUPLE(Types.LONG, Types.LONG))
        .print();
    env.execute();
  }

  /** Ends when it is told to and not in the middle of a read, unlike Flink's own. */
  private static final class Lines implements SourceFunction<String> {

    private static final long serialVersionUID = 1L;

    private final String host;
    private final int port;
    private volatile boolean running = true;

    Lines(String host, int port) {
      this.host = host;
      this.port = port;
    }

    @Override
    public void run(SourceContext<String> out) throws Exception {
      while (running) {
        try (Socket socket = new Socket(host, port)) {
          socket.setSoTimeout(50);
          read(socket.getInputStream(), out);
        } catch (IOException e) {
          Thread.sleep(50); // the server is gone for a moment
        }
      }
    }

    private void read(InputStream in, SourceContext<String> out) throws IOException {
      StringBuilder line = new StringBuilder();
      int next = 0;
      while (running && next >= 0) {
        try {
          next = in.read();
          if (next == '\n') {
            synchronized (out.getCheckpointLock()) {
              out.collect(line.toString());
            }
            line.setLength(0);
          } else {
            line.append((char) next);
          }
        } catch (SocketTimeoutException e) {
          next = 0; // nothing new: look whether it is to end
        }
      }
    }

    @Override
    public void cancel() {
      running = false;
    }
  }
}
