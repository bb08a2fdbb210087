package io.savepointd.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.acceptance.world.FlinkVersions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The table of what passed on which Flink. Each version's test writes the row of what it has seen,
 * to {@code target/versions.md}; what {@code docs/versions.md} publishes has to be the same.
 */
final class VersionTable {

  private static final Path PUBLISHED = Path.of("..", "docs", "versions.md");
  private static final Path ROWS = Path.of("target", "versions");
  private static final Path TABLE = Path.of("target", "versions.md");

  private final String version;
  private final Set<Step> passed = EnumSet.noneOf(Step.class);
  private int metadata;
  private String program = "not seen";

  /** What is shown on each version, in the order of the columns. */
  enum Step {
    FRESH_START("fresh start"),
    SAVEPOINT("savepoint"),
    VERIFY("verify"),
    RESTORE("death and restore"),
    PRUNE("prune"),
    DAEMON_KILLED("daemon killed"),
    STOP("stop and start");

    private final String title;

    Step(String title) {
      this.title = title;
    }
  }

  private VersionTable(String version) {
    this.version = version;
  }

  /** The row of that version, of which nothing has been seen yet; an earlier run's is deleted. */
  static VersionTable of(String version) throws IOException {
    Files.deleteIfExists(ROWS.resolve(version));
    return new VersionTable(version);
  }

  void passed(Step step) {
    passed.add(step);
  }

  /** Which program it was shown with. */
  void program(String name) {
    program = name;
  }

  /** The version that its savepoints' {@code _metadata} bears. */
  void metadata(int format) {
    metadata = format;
  }

  private String row() {
    return line(
        Stream.of(
            Stream.of(version),
            Stream.of(Step.values()).map(step -> passed.contains(step) ? "passed" : "not passed"),
            Stream.of(metadata == 0 ? "not seen" : String.valueOf(metadata), program)));
  }

  private static String head() {
    return line(
        Stream.of(
            Stream.of("Flink"),
            Stream.of(Step.values()).map(step -> step.title),
            Stream.of("`_metadata`", "program")));
  }

  private static String line(Stream<Stream<String>> cells) {
    return cells.flatMap(cell -> cell).collect(Collectors.joining(" | ", "| ", " |"));
  }

  /** Adds the row to those of the versions that were tested here before. */
  void write() throws IOException {
    Files.writeString(Files.createDirectories(ROWS).resolve(version), row() + "\n");
    StringBuilder table = new StringBuilder();
    table.append(head()).append('\n').append(head().replaceAll("[^|]+", " --- ")).append('\n');
    for (String each : FlinkVersions.ALL) {
      Path seen = ROWS.resolve(each);
      if (Files.exists(seen)) {
        table.append(Files.readString(seen));
      }
    }
    Files.writeString(TABLE, table);
  }

  void checkPublished() throws IOException {
    List<String> published = Files.readAllLines(PUBLISHED);
    assertThat(published)
        .as(
            "%s must say what was seen: take %s of a run with -Dflink.versions=all",
            PUBLISHED, TABLE)
        .contains(head(), row());
    assertThat(published.stream().filter(line -> line.matches("\\| \\d.*")))
        .as("the versions in %s", PUBLISHED)
        .extracting(line -> line.split(" ", -1)[1])
        .isEqualTo(FlinkVersions.ALL);
  }
}
