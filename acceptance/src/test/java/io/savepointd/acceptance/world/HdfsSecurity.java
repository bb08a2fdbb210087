package io.savepointd.acceptance.world;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/** What an HDFS asks of those who use it. */
public interface HdfsSecurity {

  /** Whoever says that he is somebody is believed. */
  HdfsSecurity NONE =
      new HdfsSecurity() {
        @Override
        public Map<String, String> settings() {
          return Map.of();
        }

        @Override
        public List<String> jvmOptions() {
          return List.of();
        }

        @Override
        public FileSystem open(URI uri, Path confDir) throws IOException {
          return FileSystem.newInstance(uri, new Configuration());
        }
      };

  /** Settings that servers and clients share. */
  Map<String, String> settings();

  /** What the JVMs of servers and clients need. */
  List<String> jvmOptions();

  /** A client with the rights of a superuser, to be closed by the caller. */
  FileSystem open(URI uri, Path confDir) throws IOException;
}
