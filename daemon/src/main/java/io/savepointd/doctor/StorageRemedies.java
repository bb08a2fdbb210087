package io.savepointd.doctor;

import io.savepointd.storage.StorageFault;
import java.io.IOException;
import java.nio.file.Path;

/** What to do about a fault of the storage, by its kind. */
final class StorageRemedies {
  static final String LEAVE_SAFE_MODE =
      "wait until its DataNodes have reported; if it stays: hdfs dfsadmin -report, hdfs dfsadmin"
          + " -safemode leave";

  private final Path file;
  private final Seen<Storage> storage;
  private final String user;

  /**
   * For one configuration.
   *
   * @param user of the operating system, named where HDFS's isn't known
   */
  StorageRemedies(Path file, Seen<Storage> storage, String user) {
    this.file = file;
    this.storage = storage;
    this.user = user;
  }

  String of(IOException failure) {
    String root = storage.get().map(s -> s.probe().root()).orElse("the storage root");
    boolean local = root.startsWith("file:");
    if (!(failure instanceof StorageFault fault)) {
      return local ? "is its disk there?" : unreachable();
    }
    return switch (fault.kind()) {
      case DENIED -> local ? "chown -R " + user + " " + root.substring(5) : chown(root);
      case FULL ->
          "make room: `savepointd prune`, other files, a larger quota"
              + (local ? "" : " (hdfs dfs -count -q -h " + root + ")");
      case SAFE_MODE -> LEAVE_SAFE_MODE;
      case NO_DATA_NODE ->
          "start DataNodes, or see why they take nothing: hdfs dfsadmin -report; with Kerberos,"
              + " dfs.data.transfer.protection must be theirs";
      case UNREACHABLE -> unreachable();
      case LOGIN ->
          "HDFS wants a Kerberos login that holds: look at the keytab and its principal, and the"
              + " clocks below";
      case NOT_AS_NEEDED ->
          "the ledger needs what HDFS guarantees: put storage.root on HDFS (or file: for trials)";
      case OTHER -> local ? "look at " + root : "try the same by hand: hdfs dfs -ls " + root;
    };
  }

  private String chown(String root) {
    String hadoopUser = storage.get().flatMap(s -> s.user().get()).orElse(user);
    boolean there =
        storage.get().flatMap(s -> s.reached().get()).flatMap(r -> r.access()).isPresent();
    return (there ? "" : "hdfs dfs -mkdir -p " + root + " and ")
        + "hdfs dfs -chown -R "
        + hadoopUser
        + " "
        + root
        + ", or run as the user that Flink runs as (HADOOP_USER_NAME)";
  }

  private String unreachable() {
    return "is the NameNode up, and storage.root in "
        + file
        + " its address? For high availability name HADOOP_CONF_DIR";
  }
}
