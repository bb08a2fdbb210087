package io.savepointd.acceptance.chaos;

import io.savepointd.acceptance.world.CommandResult;
import io.savepointd.acceptance.world.HdfsProcesses;
import io.savepointd.acceptance.world.Installed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import tools.jackson.databind.JsonNode;

/**
 * What lies on HDFS when all is quiet, looked at without savepointd, against what its daemon says.
 */
record Aftermath(Installed savepointd, HdfsProcesses hdfs, java.nio.file.Path root, String job) {

  private static final Pattern ON_LEDGER = Pattern.compile("\"trigger\":\"([0-9a-f]{32})\"");
  private static final Pattern IN_LOG = Pattern.compile("trigger=([0-9a-f]{32})");

  /** Ids of the retained savepoints. */
  Set<String> retained() throws IOException {
    return savepointd.retained().map(s -> s.path("id").asString()).collect(Collectors.toSet());
  }

  /** Of each retained savepoint that can't be restored from: why not. */
  List<String> notRestorable() throws IOException {
    List<String> faults = new ArrayList<>();
    for (JsonNode savepoint : savepointd.retained().toList()) {
      if (!hasMetadata(savepoint.path("path").asString())) {
        faults.add(savepoint + " has no _metadata");
      }
      String id = savepoint.path("id").asString();
      CommandResult would =
          savepointd.run("restore-latest", "--replace", "--dry-run", "--from", id);
      if (would.exitCode() != 0 || !would.stdout().contains("(verified: ")) {
        faults.add(would.toString());
      }
    }
    return faults;
  }

  private boolean hasMetadata(String savepoint) throws IOException {
    try (FileSystem fs = hdfs.open()) {
      Path metadata = new Path(savepoint, "_metadata");
      return fs.exists(metadata) && fs.getFileStatus(metadata).getLen() > 0;
    }
  }

  /** The names of all that lies in the job's directory. */
  Set<String> directories() throws IOException {
    return names(root.resolve(job));
  }

  /** What was deleted, but lies in its place or in the trash. */
  Set<String> undead() throws IOException {
    Set<String> undead = names(root.resolve(".savepointd/trash"));
    Set<String> there = directories();
    savepointd
        .everSaved()
        .filter(s -> s.path("state").asString().equals("deleted"))
        .map(s -> s.path("id").asString())
        .filter(there::contains)
        .forEach(undead::add);
    return undead;
  }

  /**
   * Directories that were made for no trigger the ledger has ever known. A compacted ledger forgets
   * triggers of which no savepoint came, but whatever it has known is in the daemon's log too: the
   * one that resolves a trigger says so.
   */
  Set<String> unattributed() throws IOException {
    Set<String> left = new TreeSet<>(directories());
    left.removeAll(matches(IN_LOG, savepointd.log().stream()));
    try (FileSystem fs = hdfs.open()) {
      for (FileStatus file : fs.listStatus(path(root.resolve(".savepointd/ledger")))) {
        try (FSDataInputStream in = fs.open(file.getPath())) {
          String lines = new String(in.readAllBytes(), StandardCharsets.UTF_8);
          left.removeAll(matches(ON_LEDGER, lines.lines()));
        }
      }
    }
    return left;
  }

  private static Set<String> matches(Pattern pattern, Stream<String> lines) {
    return lines
        .map(pattern::matcher)
        .filter(Matcher::find)
        .map(matcher -> matcher.group(1))
        .collect(Collectors.toSet());
  }

  private Set<String> names(java.nio.file.Path directory) throws IOException {
    Set<String> names = new TreeSet<>();
    try (FileSystem fs = hdfs.open()) {
      if (fs.exists(path(directory))) {
        for (FileStatus each : fs.listStatus(path(directory))) {
          names.add(each.getPath().getName());
        }
      }
    }
    return names;
  }

  private static Path path(java.nio.file.Path onHdfs) {
    return new Path(onHdfs.toString());
  }
}
