package io.savepointd.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who this process is to HDFS. Hadoop keeps that in static fields, for the savepoints' file systems
 * and the ledger's alike, so there is one of these in a process. Does nothing, and has no thread,
 * until something asks for Kerberos. Safe for several threads.
 */
public final class HadoopLogin implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HadoopLogin.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Optional<KerberosSettings> settings;
  private final Optional<Path> hadoopConfDir;
  private final Clock clock;
  private Optional<Kept> kept = Optional.empty();

  /** A login that a thread looks after. */
  private record Kept(LoginKeeper keeper, ScheduledExecutorService thread, CountDownLatch tried) {}

  /** With what the configuration says; touches nothing yet. */
  public HadoopLogin(
      Optional<KerberosSettings> settings, Optional<Path> hadoopConfDir, Clock clock) {
    this.settings = settings;
    this.hadoopConfDir = hadoopConfDir;
    this.clock = clock;
  }

  /**
   * Sees that we are logged in where {@code root} asks for it; to be called before its file system
   * is opened. From the first call on the ticket is renewed. Blocks for 20 s at most.
   *
   * @throws StorageUnavailable if we aren't; says why and what is tried next
   * @throws IllegalArgumentException if there are no site files where there should be
   */
  public void require(String root) throws StorageUnavailable {
    Configuration configuration = HadoopSettings.load(hadoopConfDir);
    boolean secured = HadoopSettings.asksForKerberos(configuration);
    if (settings.isEmpty() && (!secured || isLocal(root))) {
      return;
    }
    if (!secured) {
      throw unavailable(LoginFault.here(notSecured(hadoopConfDir)), "change the one or the other");
    }
    Kept login = kept(configuration);
    await(login);
    LoginKeeper.Standing standing = login.keeper().now();
    if (standing.valid(clock.instant())) {
      return;
    }
    LoginFault fault = standing.fault().orElseGet(HadoopLogin::silent);
    throw unavailable(fault, LoginKeeper.next(fault));
  }

  private static boolean isLocal(String root) {
    return root.startsWith("file:");
  }

  static String notSecured(Optional<Path> hadoopConfDir) {
    return "savepointd.storage.kerberos names a keytab, but "
        + hadoopConfDir
            .map(dir -> "the site files in " + dir + " don't ask for Kerberos")
            .orElse("HADOOP_CONF_DIR isn't set")
        + ": point HADOOP_CONF_DIR at the cluster's own, with"
        + " hadoop.security.authentication=kerberos, or remove the keytab";
  }

  private static LoginFault silent() {
    return LoginFault.here(
        "the KDC hasn't answered for "
            + PATIENCE.toSeconds()
            + " s; kdc_timeout and max_retries in krb5.conf say how long it is waited for");
  }

  private static StorageUnavailable unavailable(LoginFault fault, String next) {
    return new StorageUnavailable(
        "not logged in to HDFS: " + fault.getMessage() + "; " + next, fault);
  }

  private synchronized Kept kept(Configuration configuration) {
    if (kept.isEmpty()) {
      kept = Optional.of(begin(configuration));
    }
    return kept.get();
  }

  private Kept begin(Configuration configuration) {
    Credentials credentials =
        settings
            .<Credentials>map(s -> new KeytabCredentials(s, configuration))
            .orElseGet(() -> new CachedCredentials(configuration));
    LoginKeeper keeper = new LoginKeeper(credentials, clock);
    CountDownLatch tried = new CountDownLatch(1);
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread made = new Thread(work, "kerberos-login");
              made.setDaemon(true);
              return made;
            });
    Runnable look =
        () -> {
          try {
            keeper.step();
            tried.countDown();
          } catch (RuntimeException e) {
            // The thread's own boundary: an unforeseen fault must not end the renewal.
            LOG.error("event=kerberos.keeper-failed next=\"tried again in {}\"", LOOK, e);
          }
        };
    var unused = thread.scheduleWithFixedDelay(look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    return new Kept(keeper, thread, tried);
  }

  private static void await(Kept login) throws StorageUnavailable {
    try {
      boolean unused = login.tried().await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageUnavailable("interrupted while logging in to HDFS", new IOException(e));
    }
  }

  /** Ends the renewal; whoever is logged in stays so until the ticket ends. */
  @Override
  public synchronized void close() {
    kept.ifPresent(login -> login.thread().shutdownNow());
  }
}
