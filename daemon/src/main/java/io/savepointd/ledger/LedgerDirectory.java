package io.savepointd.ledger;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place of a ledger below one storage root, from which it is opened by the one who is to own
 * it, or read by anyone. Holds a connection to the file system until closed, which is to be done
 * after the ledger opened from it is closed.
 */
public final class LedgerDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerDirectory.class);
  private static final String BELOW_ROOT = ".savepointd/ledger";

  private final LedgerContext context;
  private final Beginning beginning;
  private final HandoverRequests requests;
  private final AtomicReference<Optional<SegmentedLedger>> mine =
      new AtomicReference<>(Optional.empty());

  /**
   * How the work on a stream that was just claimed begins: with a thread of its own, or without.
   */
  @FunctionalInterface
  interface Beginning {
    SegmentedLedger begin(
        LedgerContext context, SegmentStream stream, History history, Consumer<LedgerLost> onLost);
  }

  LedgerDirectory(LedgerContext context) {
    this(context, SegmentedLedger::start);
  }

  LedgerDirectory(LedgerContext context, Beginning beginning) {
    this.context = context;
    this.beginning = beginning;
    this.requests = new HandoverRequests(context);
  }

  /**
   * The ledger below {@code root}; touches nothing yet.
   *
   * @param root a URI with a scheme: {@code hdfs:}, or {@code file:} for trials
   * @param hadoopConfDir where {@code core-site.xml} and {@code hdfs-site.xml} are
   * @param locks the one instance of this process
   * @param self who opens it, if it is opened
   * @throws IOException if the file system can't be had, or can't keep two owners apart
   */
  public static LedgerDirectory at(
      URI root,
      Optional<Path> hadoopConfDir,
      LedgerSettings settings,
      LocalLocks locks,
      Owner self,
      Clock clock)
      throws IOException {
    return new LedgerDirectory(
        new LedgerContext(
            store(root, hadoopConfDir, settings, locks),
            settings,
            new EventCodec(),
            self,
            ProcessTable.system(),
            clock,
            MonotonicTime.system()));
  }

  /**
   * Opens the ledger as its owner. Gives up as soon as the present owner gives a sign of life;
   * otherwise takes as long as {@link LedgerSettings#silence} and, on HDFS, the recovery of a
   * lease: seconds, at most a minute. A ledger of this process that was lost is closed before.
   *
   * @param onLost told once, on whichever thread notices, when the ledger is lost; not when it is
   *     closed. Must not block, nor open or close a ledger itself
   * @throws LedgerHeld if a living process holds it, or has just asked for it to be handed over
   * @throws LedgerUnreadable if it has a line that can't be understood: permanent until mended
   * @throws IOException on anything else, to be tried again
   */
  public Ledger tryOpen(Consumer<LedgerLost> onLost) throws LedgerHeld, IOException {
    Optional<SegmentedLedger> before = mine.get();
    if (before.filter(Ledger::held).isPresent()) {
      throw new LedgerHeld(context.self());
    }
    Optional<Owner> favoured = requests.favoured();
    if (favoured.isPresent()) {
      throw LedgerHeld.promisedTo(favoured.get());
    }
    OptionalLong ours = before.map(l -> OptionalLong.of(l.segment())).orElse(OptionalLong.empty());
    if (!context.store().tryLock()) {
      throw new OwnerWatch(context).held(new IOException("the lock file is locked"));
    }
    boolean started = false;
    try {
      LedgerOpening.Taken taken = new LedgerOpening(context).open(ours);
      History history = History.empty();
      for (Event event : tidied(taken)) {
        history = history.apply(event);
      }
      SegmentedLedger ledger = beginning.begin(context, taken.stream(), history, onLost);
      started = true;
      mine.set(Optional.of(ledger));
      requests.answered();
      LOG.info("event=ledger.opened segment={}", ledger.segment());
      return ledger;
    } finally {
      if (!started) {
        context.store().unlock();
      }
    }
  }

  /**
   * Begins the ledger anew with these events and nothing else, in whatever state it is. What was
   * there is renamed to {@code .savepointd/ledger-lost-<time>}, never deleted. Takes as long as
   * {@link #tryOpen}, and is refused under the same conditions, but for unreadable lines. A crash
   * on the way leaves a ledger that can't be read, or the new one.
   *
   * @return the directory where the old files lie now; empty if there were none
   * @throws LedgerHeld if a living process holds it
   */
  public Optional<String> beginAnew(List<Event.OfJob> events) throws LedgerHeld, IOException {
    if (mine.get().filter(Ledger::held).isPresent()) {
      throw new LedgerHeld(context.self());
    }
    return new NewBeginning(context).with(events);
  }

  /**
   * Asks whoever holds the ledger to let go of it; it looks about every second. To be repeated
   * while waiting, since whoever opens the ledger removes all requests. Does nothing while this
   * process holds it itself.
   *
   * @throws IOException if that can't be written where the ledger is
   */
  public void requestHandover() throws IOException {
    requests.leave(() -> mine.get().filter(Ledger::held).isPresent());
  }

  /** Takes back what {@link #requestHandover} asked; harmless without it. */
  public void withdrawRequest() throws IOException {
    requests.withdraw();
  }

  /**
   * Looks for requests of others until closed, and tells {@code onAsked} once, on a thread of its
   * own. Afterwards {@link #tryOpen} leaves the ledger to the asker for some seconds.
   */
  public Watch watchRequests(Consumer<Owner> onAsked) {
    return HandoverWatch.start(requests, onAsked)::close;
  }

  /** A watch that is kept. */
  public interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  /** Reads the ledger without taking anything from its owner. */
  public LedgerView read() throws IOException {
    return new LedgerReader(context).read();
  }

  @Override
  public void close() {
    context.store().close();
  }

  /** What can't be tidied now can be next time: no reason to let go of the ledger. */
  private List<Event.OfJob> tidied(LedgerOpening.Taken taken) {
    try {
      return new Snapshots(context).tidy(taken.layout(), taken.events());
    } catch (IOException e) {
      LOG.warn(
          "event=ledger.not-compacted reason=\"{}\" next=\"at the next opening\"", e.toString());
      return taken.events();
    }
  }

  private static SegmentStore store(
      URI root, Optional<Path> hadoopConfDir, LedgerSettings settings, LocalLocks locks)
      throws IOException {
    if (root.getScheme() == null) {
      throw new IOException("the storage root '" + root + "' has no scheme, such as hdfs:");
    }
    if (root.getScheme().equals("file")) {
      return new LocalSegments(Path.of(root.getPath()).resolve(BELOW_ROOT), locks);
    }
    URI directory = URI.create(root.toString().replaceAll("/+$", "") + "/" + BELOW_ROOT);
    return HdfsLedgerFileSystem.open(directory, hadoopConfDir, settings.replication());
  }
}
