package io.savepointd.flink;

import io.savepointd.model.ClusterName;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.runtime.highavailability.ClientHighAvailabilityServices;
import org.apache.flink.runtime.highavailability.HighAvailabilityServicesUtils;
import org.apache.flink.runtime.leaderretrieval.LeaderRetrievalListener;
import org.apache.flink.runtime.leaderretrieval.LeaderRetrievalService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the leader of a cluster by what it writes to ZooKeeper, which is the same in every Flink
 * from 1.18 to 2.3. Connects at the first question; that one waits for an answer, within a bound,
 * and every other is answered by what is known. Safe for several threads.
 */
final class ElectedLeader implements Whereabouts {
  private static final Logger LOG = LoggerFactory.getLogger(ElectedLeader.class);

  private final ClusterName cluster;
  private final LocationSettings.Elected location;
  private final boolean tls;
  private final Duration patience;
  private final CountDownLatch news = new CountDownLatch(1);
  private volatile Optional<String> leader = Optional.empty();
  private volatile String trouble = "";
  private volatile boolean patient = true;
  private Optional<Connection> connection = Optional.empty();
  private boolean closed;

  private record Connection(
      ClientHighAvailabilityServices services, LeaderRetrievalService retrieval) {}

  /**
   * Of one cluster.
   *
   * @param tls whether a leader without TLS is none to talk to
   * @param patience bound on the first answer
   */
  ElectedLeader(
      ClusterName cluster, LocationSettings.Elected location, boolean tls, Duration patience) {
    this.cluster = cluster;
    this.location = location;
    this.tls = tls;
    this.patience = patience;
  }

  @Override
  public URI base() throws ClusterUnavailable {
    connect();
    if (leader.isEmpty()) {
      awaitNews();
    }
    String address =
        leader.orElseThrow(
            () ->
                new ClusterUnavailable(
                    "cluster "
                        + cluster
                        + ": no JobManager leads, by "
                        + location.told()
                        + (trouble.isEmpty() ? "" : " (" + trouble + ")")));
    return usable(address);
  }

  private URI usable(String address) throws ClusterUnavailable {
    String asked = "cluster " + cluster + ": its leader's address '" + address + "' ";
    try {
      URI uri = new URI(address);
      if (uri.getHost() == null || uri.getScheme() == null) {
        throw new ClusterUnavailable(asked + "by " + location.told() + " names no host");
      }
      if (tls && !uri.getScheme().equals("https")) {
        throw new ClusterUnavailable(
            asked
                + "is not https, but security.ssl.rest.enabled is set: the cluster's own"
                + " configuration has security.ssl.rest.enabled: false");
      }
      return uri;
    } catch (URISyntaxException e) {
      throw new ClusterUnavailable(asked + "by " + location.told() + " is none", e);
    }
  }

  /** Once: a ZooKeeper that is away must not slow every request down. */
  private void awaitNews() {
    if (patient) {
      try {
        if (!news.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
          patient = false;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized void connect() throws ClusterUnavailable {
    if (closed) {
      throw new ClusterUnavailable("cluster " + cluster + ": isn't asked any more");
    }
    if (connection.isEmpty()) {
      connection = Optional.of(open());
    }
  }

  private Connection open() throws ClusterUnavailable {
    try {
      ClientHighAvailabilityServices services =
          HighAvailabilityServicesUtils.createClientHAService(configuration(), this::trouble);
      try {
        LeaderRetrievalService retrieval = services.getClusterRestEndpointLeaderRetriever();
        retrieval.start(new Listener());
        return new Connection(services, retrieval);
      } catch (Exception e) {
        services.close();
        throw e;
      }
    } catch (Exception e) { // what Flink declares
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new ClusterUnavailable(
          "cluster " + cluster + ": " + location.told() + " can't be asked: " + e.getMessage(), e);
    }
  }

  private Configuration configuration() {
    Configuration flink = new Configuration();
    flink.set(HighAvailabilityOptions.HA_MODE, "zookeeper");
    flink.set(HighAvailabilityOptions.HA_ZOOKEEPER_QUORUM, location.quorum());
    flink.set(HighAvailabilityOptions.HA_ZOOKEEPER_ROOT, location.root());
    flink.set(HighAvailabilityOptions.HA_CLUSTER_ID, location.clusterId());
    flink.set(HighAvailabilityOptions.ZOOKEEPER_SESSION_TIMEOUT, location.sessionTimeout());
    flink.set(HighAvailabilityOptions.ZOOKEEPER_CONNECTION_TIMEOUT, location.connectionTimeout());
    return flink;
  }

  private void trouble(Throwable failure) {
    LOG.debug("event=leader.trouble cluster={}", cluster, failure);
    trouble = String.valueOf(failure.getMessage());
  }

  @Override
  public void close() {
    Optional<Connection> open;
    synchronized (this) {
      closed = true;
      open = connection;
      connection = Optional.empty();
      leader = Optional.empty();
    }
    news.countDown();
    open.ifPresent(this::close);
  }

  private void close(Connection open) {
    try {
      open.retrieval().stop();
    } catch (Exception e) { // what Flink declares
      LOG.debug("event=leader.stop-failed cluster={}", cluster, e);
    }
    try {
      open.services().close();
    } catch (Exception e) {
      LOG.debug("event=leader.close-failed cluster={}", cluster, e);
    }
  }

  /** Called by ZooKeeper's threads. */
  private final class Listener implements LeaderRetrievalListener {
    @Override
    public void notifyLeaderAddress(String address, UUID session) {
      leader = Optional.ofNullable(address).filter(text -> !text.isBlank());
      LOG.info("event=leader.seen cluster={} leader={}", cluster, leader.orElse("none"));
      if (leader.isPresent()) {
        trouble = "";
        patient = false;
        news.countDown();
      }
    }

    @Override
    public void handleError(Exception failure) {
      trouble(failure);
    }
  }
}
