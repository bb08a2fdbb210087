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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import tools.jackson.databind.JsonNode;

/**
 * What lies on HDFS when all is quiet, looked at without savepointd, against what its daemon says.
 */
record Aftermath(Installed savepointd, HdfsProcesses hdfs, java.nio.file.Path root, String job) {

  private static final Pattern TRIGGER = Pattern.compile("\"trigger\":\"([0-9a-f]{32})\"");

  /** Ids of the retained savepoints. */
  Set<String> retained() throws IOException {
    return savepointd.retained().map(s -> s.path("id").asString()).collect(Collectors.toSet());
  }

  /** Savepoints that the daemon has found damaged or missing. */
  List<JsonNode> quarantined() throws IOException {
    return savepointd
        .everSaved()
        .filter(s -> s.path("state").asString().equals("quarantined"))
        .toList();
  }

  /**
   * Of each retained savepoint that can't be restored from: why not, by a look of our own and by
   * what savepointd says once it has read every byte.
   */
  List<String> notRestorable() throws IOException {
    List<String> faults = new ArrayList<>(complaints("verify", "--deep"));
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

  /** What a command that finds faults has to say; empty if it finds none. */
  private List<String> complaints(String... command) throws IOException {
    CommandResult result = savepointd.run(command);
    return result.exitCode() == 0 ? List.of() : List.of(result.toString());
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

  /** What is on its way to be deleted. */
  Set<String> trash() throws IOException {
    return names(root.resolve(".savepointd/trash"));
  }

  /**
   * Directories that were made for no trigger the ledger knows, and whatever else savepointd itself
   * finds in disorder when it holds its ledger against the storage.
   */
  Set<String> unattributed() throws IOException {
    Set<String> left = new TreeSet<>(directories());
    try (FileSystem fs = hdfs.open()) {
      // Beside them may lie what a daemon was killed over, which HDFS can't read.
      for (FileStatus file :
          fs.listStatus(
              path(root.resolve(".savepointd/ledger")),
              name -> name.getName().endsWith(".jsonl"))) {
        try (FSDataInputStream in = fs.open(file.getPath())) {
          String lines = new String(in.readAllBytes(), StandardCharsets.UTF_8);
          TRIGGER.matcher(lines).results().map(found -> found.group(1)).forEach(left::remove);
        }
      }
    }
    left.addAll(complaints("scrub", "--deep"));
    return left;
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
