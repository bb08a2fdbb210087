package io.savepointd.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.config.Settings;
import io.savepointd.ledger.Event;
import io.savepointd.ledger.History;
import io.savepointd.model.ClusterName;
import io.savepointd.model.JobName;
import io.savepointd.model.Origin;
import io.savepointd.model.RunId;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which changes might cost a job a second run. */
class ObstaclesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  @TempDir private Path directory;
  private SettingsText text;
  private Settings before;
  private History history = History.empty();

  @BeforeEach
  void begin() throws Exception {
    text = new SettingsText(directory);
    before = text.with("");
  }

  private void givenItsRunIs(String run) {
    history =
        history.apply(
            new Event.RunIntended(
                NOW,
                new JobName("averaging"),
                new RunId(run),
                new ClusterName("main"),
                new Origin.Empty(),
                "0",
                List.of(),
                OptionalInt.empty()));
  }

  private List<String> lostRuns(Settings next) {
    Clusters clusters =
        Clusters.none(HttpClient.newHttpClient(), CLOCK, new FlinkVersions())
            .as(before.clusters())
            .as(next.clusters());
    return new Obstacles(before, next).lostRuns(history, clusters, NOW);
  }

  private Settings withRest(String rest) throws Exception {
    return text.with("savepointd.clusters.main.rest = \"" + rest + "\"");
  }

  @Test
  void aClusterWithARunStays() throws Exception {
    givenItsRunIs(ClusterStub.RUN);
    Settings next =
        text.with(
            """
            savepointd.clusters = null
            savepointd.clusters.other.rest = "http://two:8081"
            savepointd.jobs.averaging.cluster = other
            """);
    assertThat(lostRuns(next))
        .containsExactly(
            "job averaging: cluster main can't be taken out of the configuration while run "
                + ClusterStub.RUN
                + " may be alive there: `savepointd move averaging --to` another, or `savepointd"
                + " stop averaging` first");
    assertThat(new Obstacles(before, next).moved()).hasSize(1);
  }

  @Test
  void aRunStaysWhereItIsThoughTheConfigurationNamesAnotherCluster() throws Exception {
    givenItsRunIs(ClusterStub.RUN);
    assertThat(lostRuns(withAnotherCluster("averaging"))).isEmpty();
  }

  private Settings withAnotherCluster(String runName) throws Exception {
    return text.with(
        """
        savepointd.clusters.other.rest = "http://two:8081"
        savepointd.jobs.averaging { cluster = other, run-name = RUN }
        """
            .replace("RUN", runName));
  }

  @Test
  void noJobTakesTheNameOfARunWhereThatWasMovedTo() throws Exception {
    givenItsRunIs(ClusterStub.RUN);
    before = withAnotherCluster("averaging");
    Settings next =
        text.with(
            """
            savepointd.clusters.other.rest = "http://two:8081"
            savepointd.jobs.averaging.cluster = other
            savepointd.jobs.orders { jar = "b.jar", cluster = main, run-name = averaging }
            """);
    assertThat(new Obstacles(before, next).takenNames(history))
        .singleElement()
        .asString()
        .contains("job orders: its runs would bear the name 'averaging' on cluster main");
    assertThat(new Obstacles(before, next).takenNames(History.empty())).isEmpty();
  }

  @Test
  void aJobWithoutARunMayMove() throws Exception {
    assertThat(
            lostRuns(
                text.with(
                    """
                    savepointd.clusters.other.rest = "http://two:8081"
                    savepointd.jobs.averaging.cluster = other
                    """)))
        .isEmpty();
  }

  @Test
  void aClusterMayHaveANewAddressWhereItShowsTheRun() throws Exception {
    givenItsRunIs(ClusterStub.RUN);
    try (ClusterStub cluster = new ClusterStub()) {
      assertThat(lostRuns(withRest(cluster.rest()))).isEmpty();
    }
  }

  @Test
  void anAddressWhereTheRunIsNotSeenIsRefused() throws Exception {
    givenItsRunIs(ClusterStub.RUN);
    try (ClusterStub cluster = new ClusterStub()) {
      cluster.empty();
      assertThat(lostRuns(withRest(cluster.rest())))
          .singleElement()
          .asString()
          .contains(
              "cluster main doesn't show run " + ClusterStub.RUN, "savepointd stop averaging");
    }
  }

  @Test
  void anAddressThatDoesNotAnswerIsRefused() throws Exception {
    givenItsRunIs(ClusterStub.RUN);
    assertThat(lostRuns(withRest("http://localhost:1")))
        .singleElement()
        .asString()
        .contains("can't be asked for run " + ClusterStub.RUN);
  }

  @Test
  void aNewRunNameMovesNothing() throws Exception {
    givenItsRunIs(ClusterStub.RUN);
    Settings next = text.with("savepointd.jobs.averaging.run-name = better");
    assertThat(new Obstacles(before, next).moved()).hasSize(1);
    assertThat(lostRuns(next)).isEmpty();
  }

  @Test
  void noJobTakesTheRunNameThatAnotherHad() throws Exception {
    Settings swapped =
        text.with(
            """
            savepointd.jobs.averaging.run-name = better
            savepointd.jobs.orders { jar = "b.jar", run-name = averaging }
            """);
    assertThat(new Obstacles(before, swapped).takenNames(history))
        .singleElement()
        .asString()
        .contains("job orders: its runs would bear the name 'averaging'", "job averaging");
    assertThat(new Obstacles(before, before).takenNames(history)).isEmpty();
  }
}
