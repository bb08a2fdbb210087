package io.savepointd.acceptance.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A Debian with a systemd as its first process, booted in a second by {@code systemd-nspawn}. It
 * shares this machine's network, so that it reaches what listens on loopback here; what it writes
 * is gone with it.
 */
public final class SystemdBox implements AutoCloseable {

  private static final Path SCRIPTS = Path.of("box").toAbsolutePath();
  private static final Path CONTROL_GROUPS = Path.of("/sys/fs/cgroup");

  /** For as long as another test may have one. */
  private static final Duration TURN = Duration.ofMinutes(10);

  private static final Duration MAKING = Duration.ofMinutes(8);
  private static final Duration BOOT = Duration.ofSeconds(60);
  private static final Duration SHUTDOWN = Duration.ofSeconds(30);
  private static final Duration COMMAND = Duration.ofSeconds(150);
  private static final Set<String> UP = Set.of("running", "degraded");

  private final Claim claim;
  private final String name;
  private final Path dir;
  private final ManagedProcess machine;
  private final long leader;

  private SystemdBox(Claim claim, String name, Path dir, ManagedProcess machine, long leader) {
    this.claim = claim;
    this.name = name;
    this.dir = dir;
    this.machine = machine;
    this.leader = leader;
  }

  /**
   * Boots one for a test, which ends here, and says why, on a machine where none can be had.
   *
   * @param shown folders of this machine by where they are seen inside, read-only
   */
  public static SystemdBox boot(Class<?> test, Map<Path, String> shown) throws IOException {
    Path dir = Folders.world(test);
    Claim claim = awaitTurn();
    try {
      Optional<String> obstacle = obstacle(dir);
      if (obstacle.isPresent()) {
        Folders.abort(test, obstacle.get());
      }
      return boot(claim, dir, shown);
    } catch (IOException | RuntimeException | Error e) {
      claim.close();
      throw e;
    }
  }

  /** All boot from one root folder, which systemd-nspawn locks. */
  private static Claim awaitTurn() {
    return Awaitility.await("the other box to be shut down")
        .atMost(TURN)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> Claim.on("box"), Optional::isPresent)
        .orElseThrow();
  }

  /** Why no box can be had on this machine; empty if one can. */
  private static Optional<String> obstacle(Path dir) throws IOException {
    if (!System.getProperty("user.name").equals("root")) {
      return Optional.of("only root may boot one");
    }
    for (String tool : List.of("systemd-nspawn", "nsenter", "debootstrap")) {
      if (onThisMachine(dir, "tool", List.of("which", tool), COMMAND).exitCode() != 0) {
        return Optional.of(
            "there is no " + tool + " (Debian: apt-get install systemd-container debootstrap)");
      }
    }
    List<String> trial =
        List.of("systemd-nspawn", "-q", "-D", root(dir), "--volatile=overlay", "--register=no");
    CommandResult tried =
        onThisMachine(
            dir,
            "trial",
            Stream.concat(trial.stream(), Stream.of("--keep-unit", "--pipe", "/bin/true")).toList(),
            COMMAND);
    return tried.exitCode() == 0
        ? Optional.empty()
        : Optional.of("systemd-nspawn can't run here: " + tried.stderr().strip());
  }

  private static String root(Path dir) throws IOException {
    CommandResult made =
        onThisMachine(dir, "root", List.of(SCRIPTS.resolve("root").toString()), MAKING);
    if (made.exitCode() != 0) {
      throw new IOException("no root folder for a box: " + made.stderr());
    }
    return made.stdout().strip();
  }

  /** Returns once everything in it has started. */
  private static SystemdBox boot(Claim claim, Path dir, Map<Path, String> shown)
      throws IOException {
    String name = "savepointd-box-" + ProcessHandle.current().pid();
    List<String> command =
        new ArrayList<>(List.of(SCRIPTS.resolve("boot").toString(), root(dir), name));
    shown.forEach((here, inside) -> command.add("--bind-ro=" + here + ":" + inside));
    ManagedProcess machine =
        ManagedProcess.start("box", dir, new ProcessBuilder(command).directory(dir.toFile()));
    try {
      long leader =
          Awaitility.await("the box to boot")
              .atMost(BOOT)
              .pollInterval(Duration.ofMillis(100))
              .until(() -> leader(dir, machine), Optional::isPresent)
              .orElseThrow();
      return new SystemdBox(claim, name, dir, machine, leader);
    } catch (RuntimeException | Error e) {
      machine.close();
      throw e;
    }
  }

  /** Its first process, once that says that the machine is up. */
  private static Optional<Long> leader(Path dir, ManagedProcess machine) throws IOException {
    if (!machine.isAlive()) {
      throw new AssertionError("the box has ended; " + machine.tail());
    }
    Optional<Long> first =
        ProcessHandle.of(machine.pid()).stream()
            .flatMap(ProcessHandle::children)
            .map(ProcessHandle::pid)
            .findFirst();
    if (first.isEmpty()) {
      return first;
    }
    List<String> asking = inside(first.get(), List.of("systemctl", "is-system-running"));
    String state = onThisMachine(dir, "booting", asking, COMMAND).stdout().strip();
    return UP.contains(state) ? first : Optional.empty();
  }

  private static List<String> inside(long leader, List<String> command) {
    List<String> all = new ArrayList<>(List.of("nsenter", "--target", leader + ""));
    all.addAll(List.of("--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup"));
    all.addAll(
        List.of("env", "--chdir=/root", "-i", "HOME=/root", "LANG=C.UTF-8", "SYSTEMD_COLORS=0"));
    all.add("DEBIAN_FRONTEND=noninteractive");
    all.add("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    all.addAll(command);
    return all;
  }

  private static CommandResult onThisMachine(
      Path dir, String name, List<String> command, Duration deadline) throws IOException {
    try (ManagedProcess process =
        ManagedProcess.start(name, dir, new ProcessBuilder(command).directory(dir.toFile()))) {
      int code = process.awaitExit(deadline);
      return new CommandResult(command, code, process.stdout(), process.stderr());
    }
  }

  /** Runs a command inside, as root. */
  public CommandResult run(String... command) throws IOException {
    CommandResult result = onThisMachine(dir, "inside", inside(leader, List.of(command)), COMMAND);
    return new CommandResult(List.of(command), result.exitCode(), result.stdout(), result.stderr());
  }

  /** Runs a command inside as another user, with no groups but its own. */
  public CommandResult runAs(String user, String... command) throws IOException {
    List<String> all = new ArrayList<>(List.of("runuser", "-u", user, "--"));
    all.addAll(List.of(command));
    return run(all.toArray(String[]::new));
  }

  /** Runs a command inside that must succeed, and gives what it printed. */
  public String succeed(String... command) throws IOException {
    CommandResult result = run(command);
    if (result.exitCode() != 0) {
      throw new AssertionError(result + "\n" + run("journalctl", "--no-pager", "-n", "40"));
    }
    return result.stdout();
  }

  /** A property of a unit, as {@code systemctl show} tells it. */
  public String property(String unit, String property) throws IOException {
    return succeed("systemctl", "show", "--value", "--property=" + property, unit).strip();
  }

  /** A file inside, by its absolute path there, to be read and written from here. */
  public Path file(String path) {
    return Path.of("/proc", leader + "", "root").resolve(path.substring(1));
  }

  /** Shuts it down, in order if it lets itself. */
  @Override
  public void close() throws IOException {
    try (claim) {
      try {
        machine.terminate(SHUTDOWN);
      } finally {
        machine.close();
        removeControlGroups();
      }
    }
  }

  private void removeControlGroups() throws IOException {
    for (String hierarchy : List.of("systemd", "unified", "")) {
      Path group = CONTROL_GROUPS.resolve(hierarchy).resolve(name);
      if (Files.isDirectory(group)) {
        try (Stream<Path> all = Files.walk(group)) {
          for (Path each :
              all.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(each);
          }
        }
      }
    }
  }
}
