package io.savepointd.job;

import io.savepointd.job.input.ParseLines;
import io.savepointd.job.input.SequenceSource;
import io.savepointd.job.input.SocketSource;
import io.savepointd.job.results.Tally;
import io.savepointd.job.results.WriteResults;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Lays out the operators. Each has a uid, by which a savepoint finds its state again: changing one
 * loses that state.
 */
final class Topology {
  private static final TypeInformation<Tuple2<Long, Long>> RECORD =
      Types.TUPLE(Types.LONG, Types.LONG);

  private Topology() {}

  static void build(StreamExecutionEnvironment env, JobSettings settings) {
    KeyedStream<Tuple2<Long, Long>, Long> records =
        input(env, settings.input()).keyBy(record -> record.f0, Types.LONG);
    SingleOutputStreamOperator<Tuple2<Long, Long>> averages =
        records
            .flatMap(new CountWindowAverage(settings.emit()))
            .returns(RECORD)
            .uid("average")
            .name("average");
    sink(averages, settings.sink());
    settings.results().ifPresent(directory -> results(records, averages, directory));
  }

  /** One subtask up to the key, so that the records of a key keep their order. */
  private static DataStream<Tuple2<Long, Long>> input(
      StreamExecutionEnvironment env, InputSettings input) {
    if (input instanceof InputSettings.SequenceInput sequence) {
      return sequence(env, sequence);
    }
    return socket(env, (InputSettings.SocketInput) input);
  }

  private static DataStream<Tuple2<Long, Long>> sequence(
      StreamExecutionEnvironment env, InputSettings.SequenceInput sequence) {
    return env.fromSource(
            SequenceSource.of(sequence.count(), sequence.rate(), sequence.keys()),
            WatermarkStrategy.noWatermarks(),
            "sequence",
            RECORD)
        .setParallelism(1)
        .uid("sequence");
  }

  private static DataStream<Tuple2<Long, Long>> socket(
      StreamExecutionEnvironment env, InputSettings.SocketInput socket) {
    return env.fromSource(
            new SocketSource(socket.host(), socket.port()),
            WatermarkStrategy.noWatermarks(),
            "socket",
            Types.STRING)
        .setParallelism(1)
        .uid("socket")
        .flatMap(new ParseLines())
        .returns(RECORD)
        .setParallelism(1)
        .uid("parse")
        .name("parse");
  }

  private static void sink(DataStream<Tuple2<Long, Long>> averages, SinkKind kind) {
    DataStreamSink<Tuple2<Long, Long>> sink =
        switch (kind) {
          case PRINT -> averages.print();
          case DISCARD -> averages.sinkTo(new DiscardingSink<>());
        };
    String id = kind == SinkKind.PRINT ? "print" : "discard";
    sink.uid(id).name(id);
  }

  private static void results(
      KeyedStream<Tuple2<Long, Long>, Long> records,
      DataStream<Tuple2<Long, Long>> averages,
      String directory) {
    records
        .connect(averages.keyBy(average -> average.f0, Types.LONG))
        .process(new Tally())
        .returns(Types.TUPLE(Types.LONG, Types.STRING))
        .uid("tally")
        .name("tally")
        .keyBy(line -> 0, Types.INT)
        .process(new WriteResults(directory))
        .returns(Types.STRING)
        .setParallelism(1)
        .uid("results")
        .name("results");
  }
}
