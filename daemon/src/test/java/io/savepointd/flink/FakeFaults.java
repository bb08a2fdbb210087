package io.savepointd.flink;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The ways in which a {@link FakeFlinkCluster} lets its clients down. "Next" ones happen once. Safe
 * for several threads.
 */
public final class FakeFaults {
  /** Whether an answer gets lost, and whether its request had been carried out. */
  enum Loss {
    NO,
    WITH_EFFECT,
    WITHOUT_EFFECT
  }

  private final Set<String> missing = new LinkedHashSet<>();
  private final Map<String, String> refusedJars = new HashMap<>();
  private boolean unreachable;
  private boolean clumsyStop;
  private Loss lostSubmit = Loss.NO;
  private Loss lostTrigger = Loss.NO;
  private Optional<String> refusedSubmit = Optional.empty();
  private Optional<String> unusableJar = Optional.empty();
  private Optional<String> notSent = Optional.empty();
  private Optional<String> failedSavepoint = Optional.empty();
  private Optional<String> lie = Optional.empty();
  private Optional<Astray> astray = Optional.empty();

  private record Astray(Optional<String> path) {}

  /** Whether nobody gets through. */
  public synchronized void unreachable(boolean on) {
    unreachable = on;
  }

  /** Answers the next submission with Unknown, after carrying it out or not. */
  public synchronized void loseAnswerOfNextSubmit(boolean takesEffect) {
    lostSubmit = takesEffect ? Loss.WITH_EFFECT : Loss.WITHOUT_EFFECT;
  }

  /** Answers the next trigger with Unknown, after carrying it out or not. */
  public synchronized void loseAnswerOfNextTrigger(boolean takesEffect) {
    lostTrigger = takesEffect ? Loss.WITH_EFFECT : Loss.WITHOUT_EFFECT;
  }

  /** Refuses the next submission. */
  public synchronized void refuseNextSubmit(String reason) {
    refusedSubmit = Optional.of(reason);
  }

  /** Refuses every submission of that jar: its program can't take over any state. */
  public synchronized void refuseJar(String digest, String reason) {
    refusedJars.put(digest, reason);
  }

  /** Finds the next submission's jar unusable. */
  public synchronized void findNextJarUnusable(String reason) {
    unusableJar = Optional.of(reason);
  }

  /** Whether submissions fail, from now on, before anything is sent. */
  public synchronized void sendNothing(Optional<String> reason) {
    notSent = reason;
  }

  /** Fails the next savepoint as soon as it is asked for. */
  public synchronized void failNextSavepoint(String reason) {
    failedSavepoint = Optional.of(reason);
  }

  /** Lets the next stop fail after its savepoint is written: its run goes on. */
  public synchronized void failNextStopAfterSavepoint() {
    clumsyStop = true;
  }

  synchronized boolean takeClumsyStop() {
    boolean taken = clumsyStop;
    clumsyStop = false;
    return taken;
  }

  /** A savepoint that is no longer there: restoring from it fails. */
  public synchronized void lose(String savepointPath) {
    missing.add(savepointPath);
  }

  /** What runs submitted from now on claim to have been restored from, whatever they were. */
  public synchronized void claimRestoredFrom(String path) {
    lie = Optional.of(path);
  }

  /** What the next run is restored from, whatever it was to be. */
  public synchronized void restoreNextFrom(Optional<String> path) {
    astray = Optional.of(new Astray(path));
  }

  synchronized boolean reachable() {
    return !unreachable;
  }

  synchronized void checkReachable() throws ClusterUnavailable {
    if (unreachable) {
      throw new ClusterUnavailable("fake: not reachable");
    }
  }

  synchronized boolean restorable(String path) {
    return !missing.contains(path);
  }

  synchronized Optional<String> restoredFrom(Optional<String> asked) {
    if (astray.isPresent()) {
      Optional<String> path = astray.get().path();
      astray = Optional.empty();
      return path;
    }
    return lie.or(() -> asked);
  }

  synchronized Loss takeLostSubmit() {
    Loss taken = lostSubmit;
    lostSubmit = Loss.NO;
    return taken;
  }

  synchronized Loss takeLostTrigger() {
    Loss taken = lostTrigger;
    lostTrigger = Loss.NO;
    return taken;
  }

  synchronized Optional<String> takeRefusedSubmit() {
    Optional<String> taken = refusedSubmit;
    refusedSubmit = Optional.empty();
    return taken;
  }

  synchronized Optional<String> refusalOf(String jarDigest) {
    return Optional.ofNullable(refusedJars.get(jarDigest));
  }

  synchronized Optional<String> takeUnusableJar() {
    Optional<String> taken = unusableJar;
    unusableJar = Optional.empty();
    return taken;
  }

  synchronized Optional<String> notSent() {
    return notSent;
  }

  synchronized Optional<String> takeFailedSavepoint() {
    Optional<String> taken = failedSavepoint;
    failedSavepoint = Optional.empty();
    return taken;
  }
}
