package io.savepointd.acceptance.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * One process that a test started and that never outlives it: it is killed by {@link #close}, and
 * when this JVM ends.
 */
public final class ManagedProcess implements AutoCloseable {

  private static final Duration DEATH = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration DUMP = Duration.ofSeconds(10);

  /** What a JVM tells behind the last of its threads. */
  private static final Pattern THREADS_END = Pattern.compile("JNI global refs: ");

  private final String name;
  private final Process process;
  private final Path out;
  private final Path err;
  private final Thread onExit;

  private ManagedProcess(String name, Process process, Path out, Path err) {
    this.name = name;
    this.process = process;
    this.out = out;
    this.err = err;
    this.onExit = new Thread(this::killTree, "end-of-" + name);
  }

  /** Starts it with its output in {@code dir/name.out} and {@code .err}, emptied first. */
  static ManagedProcess start(String name, Path dir, ProcessBuilder builder) throws IOException {
    Files.createDirectories(dir);
    Path out = dir.resolve(name + ".out");
    Path err = dir.resolve(name + ".err");
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    Process started = builder.start();
    ManagedProcess managed = new ManagedProcess(name, started, out, err);
    Runtime.getRuntime().addShutdownHook(managed.onExit);
    started.getOutputStream().close();
    return managed;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public String stdout() {
    return read(out);
  }

  public String stderr() {
    return read(err);
  }

  /** Resident memory as Linux counts it. */
  public long residentBytes() throws IOException {
    Matcher kib =
        Pattern.compile("VmRSS:\\s+(\\d+) kB")
            .matcher(Files.readString(Path.of("/proc", pid() + "", "status")));
    if (!kib.find()) {
      throw new IOException(name + " has no resident memory: it has ended");
    }
    return Long.parseLong(kib.group(1)) * 1024;
  }

  /** SIGKILL; returns once it is gone. */
  public void kill() {
    killTree();
    awaitExit(DEATH);
  }

  /** SIGTERM; returns its exit code once it is gone, or fails after the deadline. */
  public int terminate(Duration deadline) {
    process.destroy();
    return awaitExit(deadline);
  }

  /** SIGSTOP: it keeps its ports and answers nobody until {@link #resume}. */
  public void pause() throws IOException {
    signal("STOP");
  }

  public void resume() throws IOException {
    signal("CONT");
  }

  /** SIGHUP; returns as soon as it is sent. */
  public void hangUp() throws IOException {
    signal("HUP");
  }

  /** Has a Java process say what each of its threads is at, and waits until it has. */
  public String threads() throws IOException {
    signal("QUIT");
    awaitOutput(THREADS_END, DUMP);
    return stdout();
  }

  private void signal(String signal) throws IOException {
    Process kill = new ProcessBuilder("kill", "-" + signal, pid() + "").start();
    if (exitCode(kill, DEATH) != 0) {
      throw new IOException("kill -" + signal + " of " + name + " failed: is it still there?");
    }
  }

  /** Its exit code; fails when it is still alive at the deadline. */
  public int awaitExit(Duration deadline) {
    return exitCode(process, deadline);
  }

  /** Waits for its end, but no longer than that; false if it is still alive. */
  boolean endsWithin(Duration patience) {
    return endsWithin(process, patience);
  }

  private static boolean endsWithin(Process process, Duration patience) {
    try {
      return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private int exitCode(Process waitedFor, Duration deadline) {
    if (endsWithin(waitedFor, deadline)) {
      return waitedFor.exitValue();
    }
    throw new AssertionError(name + " had not ended after " + deadline + "; " + tail());
  }

  /** Waits for a match in a file it writes; fails at the deadline, or at once when it has ended. */
  MatchResult await(Path file, Pattern pattern, Duration deadline) {
    return Awaitility.await(name + " to write " + pattern)
        .atMost(deadline)
        .pollInterval(POLL)
        .until(() -> find(file, pattern), Optional::isPresent)
        .orElseThrow();
  }

  /** Waits for a match in its standard output. */
  public MatchResult awaitOutput(Pattern pattern, Duration deadline) {
    return await(out, pattern, deadline);
  }

  private Optional<MatchResult> find(Path file, Pattern pattern) {
    boolean alive = process.isAlive();
    Matcher matcher = pattern.matcher(read(file));
    if (matcher.find()) {
      return Optional.of(matcher.toMatchResult());
    }
    if (!alive) {
      throw new AssertionError(
          name + " ended with " + process.exitValue() + " before " + pattern + "; " + tail());
    }
    return Optional.empty();
  }

  /** Whether there is a match in a file by now. */
  static boolean contains(Path file, Pattern pattern) {
    return pattern.matcher(read(file)).find();
  }

  /** What it said last, for a message. */
  public String tail() {
    List<String> lines = (stdout() + stderr()).lines().toList();
    return "its last output ("
        + out.getParent()
        + "): "
        + String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void killTree() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Override
  public void close() {
    try {
      kill();
    } finally {
      Runtime.getRuntime().removeShutdownHook(onExit);
    }
  }

  @Override
  public String toString() {
    return name + " (pid " + pid() + ")";
  }
}
