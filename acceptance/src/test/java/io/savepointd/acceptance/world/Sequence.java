package io.savepointd.acceptance.world;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The averaging job's source that can be replayed, and what must come of it however often its run
 * was killed: record i has key i % keys and value i.
 *
 * @param count how many records
 */
public record Sequence(long count, int keys) {

  /**
   * Arguments of the job.
   *
   * @param results the directory for its results
   * @param rate records a second; 0 for as fast as it can. A restored run may have another one
   */
  public List<String> args(String results, int rate) {
    return List.of(
        "--source",
        "sequence",
        "--count",
        count + "",
        "--rate",
        rate + "",
        "--keys",
        keys + "",
        "--sink",
        "discard",
        "--results",
        results);
  }

  /** The same as a list in a configuration. */
  public String hocon(String results, int rate) {
    return args(results, rate).stream().collect(Collectors.joining("\", \"", "[\"", "\"]"));
  }

  /** The lines the job must write when every record counts once. */
  public List<String> averages() {
    return IntStream.range(0, keys)
        .mapToObj(
            key -> {
              long records = (count - key + keys - 1) / keys;
              long sum = records * key + keys * (records * (records - 1) / 2);
              return key + " " + records + " " + sum + " " + sum / records;
            })
        .toList();
  }

  /** The lines it has written. */
  public static List<String> results(HdfsProcesses world, String results) throws IOException {
    try (FileSystem hdfs = world.open();
        FSDataInputStream in = hdfs.open(new Path(results, "averages.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
