package io.savepointd.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar, started as the demo starts it. */
class EmbeddedWorldIT {

  private static final long END_SECONDS = 15;
  private static final int EXIT_SIGTERM = 143;

  @TempDir private Path temp;
  private World world;
  private String ready;

  @BeforeEach
  void start() throws Exception {
    world =
        World.start(temp.resolve("stderr"), "--dir", temp.resolve("world").toString(), "--clean");
    ready = world.readLine();
    assertThat(ready).as(world.errors()).startsWith("{\"ready\":true");
  }

  @AfterEach
  void end() {
    world.close();
  }

  @Test
  void servesEverythingAndEndsWithItsInput() throws Exception {
    showsItsPageAndTakesJars();
    keepsFiles();
    sendsLines();

    world.process().getOutputStream().close();

    assertThat(world.process().waitFor(END_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(world.process().exitValue()).as(world.errors()).isZero();
    assertThat(world.readLine()).as("nothing but the ready line on stdout").isEmpty();
    assertThat(temp.resolve("world")).as("cleaned").doesNotExist();
  }

  @Test
  void endsOnSigterm() throws Exception {
    world.process().destroy();

    assertThat(world.process().waitFor(END_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(world.process().exitValue()).isEqualTo(EXIT_SIGTERM);
    assertThat(world.errors())
        .contains("The embedded world is closing")
        .doesNotContain("The embedded world ends:");
    assertThat(temp.resolve("world")).as("cleaned").doesNotExist();
  }

  private void showsItsPageAndTakesJars() throws Exception {
    String rest = World.field(ready, "rest");
    assertThat(get(rest + "/overview")).contains("\"slots-total\":4");
    assertThat(get(rest + "/jars")).contains("\"files\":[]");
    assertThat(get(rest + "/")).contains("<title>Apache Flink Web Dashboard</title>");
  }

  private void keepsFiles() throws Exception {
    URI uri = URI.create(World.field(ready, "hdfs"));
    try (FileSystem hdfs = FileSystem.newInstance(uri, new Configuration())) {
      var file = new org.apache.hadoop.fs.Path("/a/file");
      try (FSDataOutputStream out = hdfs.create(file, false)) {
        out.writeUTF("kept");
        out.hsync();
      }
      try (FSDataInputStream in = hdfs.open(file)) {
        assertThat(in.readUTF()).isEqualTo("kept");
      }
    }
  }

  private void sendsLines() throws Exception {
    int port = Integer.parseInt(World.field(ready, "port"));
    try (Socket socket = new Socket(World.field(ready, "host"), port);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
      assertThat(lines.readLine()).isEqualTo("1 1000");
      assertThat(lines.readLine()).isEqualTo("2 2000");
    }
  }

  private static String get(String uri) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(uri)).timeout(Duration.ofSeconds(20)).build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }
}
