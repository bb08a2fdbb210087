package io.savepointd.demo;

import io.savepointd.admin.NotNow;
import io.savepointd.admin.Operations;
import io.savepointd.app.BadConfiguration;
import io.savepointd.app.Daemon;
import io.savepointd.app.DaemonStopped;
import io.savepointd.app.Installation;
import io.savepointd.app.Site;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The demo from its first line to its last: until it is stopped, or the exercise is through. */
public final class Demo implements AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(200);
  private static final Duration AVERAGES_EVERY = Duration.ofSeconds(5);
  private static final Duration CLOSING = Duration.ofSeconds(40);

  private final Installation installation;
  private final Story story;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean begun;

  /** Tells its story on {@code out}. */
  public Demo(Installation installation, PrintWriter out) {
    this.installation = installation;
    this.story = new Story(out);
  }

  /**
   * Plays it.
   *
   * @param exercise whether to play the script that checks itself, instead of going on until
   *     stopped
   * @return true unless the exercise has found something that didn't hold
   * @throws IOException if the demo's world or its daemon can't be started
   */
  public boolean play(boolean exercise) throws IOException {
    begun = true;
    Instant begin = installation.clock().instant();
    story.say("a small world is starting: HDFS, Flink and a source of lines (about 15 s)");
    Path directory = Files.createTempDirectory("savepointd-demo");
    try (SmallWorld world = SmallWorld.start(installation.home(), directory, story::say)) {
      Path conf = DemoConfig.write(directory, world);
      story.say("Flink's page: " + world.rest() + "   configuration: " + conf);
      return withDaemon(conf, world, exercise, begin);
    } finally {
      ended.countDown();
    }
  }

  private boolean withDaemon(Path conf, SmallWorld world, boolean exercise, Instant begin)
      throws IOException {
    Site site;
    try {
      Installation bare =
          new Installation(
              installation.home(), Map.of(), installation.version(), installation.clock());
      site = bare.site(Optional.of(conf));
    } catch (BadConfiguration e) {
      throw new IOException(e.getMessage(), e);
    }
    try (Daemon daemon = site.daemon()) {
      CompletableFuture<Void> running = CompletableFuture.runAsync(() -> run(daemon), Demo::thread);
      if (!exercise) {
        story.say("ask it from another terminal: savepointd status --config " + conf);
        story.say("Ctrl-C ends everything");
      }
      return tell(daemon.operations(), world, running, exercise, begin);
    }
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "daemon");
    thread.setDaemon(true);
    thread.start();
  }

  private static void run(Daemon daemon) {
    try {
      daemon.run();
    } catch (DaemonStopped e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private boolean tell(
      Operations operations,
      SmallWorld world,
      CompletableFuture<Void> running,
      boolean exercise,
      Instant begin)
      throws IOException {
    Averages averages = new Averages(world.averages());
    Exercise script = new Exercise(story, averages, new FlinkPage(world.rest()));
    int ticks = 0;
    while (!stopped()) {
      if (running.isCompletedExceptionally()) {
        running.join();
      }
      averages.read();
      try {
        story.tell(operations.status());
        story.tell(operations.lineage(Optional.empty()));
        story.tell(operations.savepoints(Optional.empty(), true));
        if (exercise && script.step(operations)) {
          return script.sumUp(Duration.between(begin, installation.clock().instant()));
        }
      } catch (NotNow e) {
        // The daemon is still taking the ledger; its state is told by the status above.
      }
      if (++ticks % (AVERAGES_EVERY.toMillis() / TICK.toMillis()) == 0) {
        story.tell(averages.latest());
      }
    }
    return true;
  }

  private boolean stopped() {
    try {
      return stop.await(TICK.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Ends it from any thread, and returns once everything is down. */
  @Override
  public void close() {
    stop.countDown();
    try {
      if (begun && !ended.await(CLOSING.toSeconds(), TimeUnit.SECONDS)) {
        story.say("the demo did not end in order within " + CLOSING);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
