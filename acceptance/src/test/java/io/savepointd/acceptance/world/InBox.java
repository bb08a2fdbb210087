package io.savepointd.acceptance.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** savepointd as a service of a box: what its unit, its journal and its commands say. */
public record InBox(SystemdBox box, String unit) {

  public static final String CONFIGURATION = "/etc/savepointd/application.conf";

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int WARNING = 4;
  private static final JsonMapper JSON = JsonMapper.shared();

  /**
   * A line of the journal.
   *
   * @param priority by syslog's count: 3 is an error, 4 a warning, 6 news
   * @param process what wrote it, such as savepointd or systemd
   */
  public record Entry(int priority, String process, String message) {}

  /** Writes its configuration; a daemon that runs doesn't take notice by itself. */
  public void configure(String hocon) throws IOException {
    Files.writeString(box.file(CONFIGURATION), hocon);
  }

  /** Lets the daemon and the commands find HDFS at /etc/hadoop/conf, as its superuser. */
  public void knowHdfs() throws IOException {
    Files.writeString(
        box.file("/etc/default/savepointd"),
        "HADOOP_CONF_DIR=/etc/hadoop/conf\nHADOOP_USER_NAME=root\n");
  }

  /** Where the only line of its configuration with that in it is, as faults name it. */
  public String lineOf(String part) throws IOException {
    List<String> all = Files.readAllLines(box.file(CONFIGURATION));
    List<Integer> found =
        IntStream.range(0, all.size()).filter(i -> all.get(i).contains(part)).boxed().toList();
    assertThat(found).as("lines with %s in %s", part, all).hasSize(1);
    return CONFIGURATION + ":" + (found.get(0) + 1);
  }

  /** The whole journal of the machine, for a person. */
  public void keepJournal(Path file) throws IOException {
    Files.writeString(file, box.run("journalctl", "--no-pager", "-o", "short-precise").stdout());
  }

  /** Everything of the unit since it was installed, systemd's words about it included. */
  public List<Entry> journal() throws IOException {
    return box.succeed("journalctl", "-u", unit, "-o", "json", "--no-pager", "-q")
        .lines()
        .map(JSON::readTree)
        .map(InBox::entry)
        .toList();
  }

  private static Entry entry(JsonNode line) {
    return new Entry(
        line.path("PRIORITY").asInt(6),
        line.path("SYSLOG_IDENTIFIER").asString(""),
        line.path("MESSAGE").asString(""));
  }

  /** What the daemon itself says that a person must act on. */
  public List<Entry> warnings() throws IOException {
    return journal().stream()
        .filter(e -> e.priority() <= WARNING && e.process().equals("savepointd"))
        .toList();
  }

  /** The messages of {@link #journal}. */
  public String text() throws IOException {
    return journal().stream().map(Entry::message).collect(Collectors.joining("\n"));
  }

  /** Waits until the unit's status line has that in it. */
  public void awaitStatusText(String part) {
    Awaitility.await("the status line to say " + part)
        .atMost(SOON)
        .until(() -> box.property(unit, "StatusText"), text -> text.contains(part));
  }

  /** Waits until systemd has started the daemon again so many times, and it is ready. */
  public void awaitRestarts(int times) {
    Awaitility.await(times + " restarts")
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () ->
                box.property(unit, "NRestarts").equals(times + "")
                    && box.property(unit, "ActiveState").equals("active"));
  }

  /** The retained savepoints, newest first, by the command. */
  public List<String> savepoints() throws IOException {
    JsonNode listed = JSON.readTree(box.succeed("savepointd", "list", "--json"));
    return StreamSupport.stream(listed.path("savepoints").spliterator(), false)
        .filter(s -> s.path("state").asString().equals("retained"))
        .map(s -> s.path("id").asString())
        .toList();
  }

  /** Tells how long something took. */
  public void print(String what, long sinceNanos) {
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sinceNanos);
    System.out.println("savepointd under systemd: " + what + " took " + millis + " ms");
  }
}
