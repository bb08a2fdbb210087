package io.savepointd.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.savepointd.admin.NotNow;
import io.savepointd.admin.ReloadBody;
import io.savepointd.admin.StatusBody;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A daemon whose configuration is edited, on local storage and a cluster that only answers. */
@Timeout(60)
class ReloadIT {
  private static final String ORDERS =
      "savepointd.jobs.orders { jar = job.jar, empty-start = never }";

  @TempDir private Path directory;
  private ClusterStub cluster;
  private Place place;
  private RunningDaemon daemon;

  @BeforeEach
  void begin() throws IOException {
    cluster = new ClusterStub();
    place = new Place(directory, cluster);
    daemon = new RunningDaemon(place.site("one"));
    daemon.awaitJobBeing("running");
  }

  @AfterEach
  void end() {
    daemon.close();
    cluster.close();
  }

  private ReloadBody reloadWith(String... more) throws IOException, NotNow {
    place.edit("one", more);
    return daemon.reload();
  }

  @Test
  void nothingChangesWithoutAnEdit() throws NotNow {
    assertThat(daemon.reload()).isEqualTo(new ReloadBody("done", "in effect", List.of()));
  }

  @Test
  void addsAndRemovesJobs() throws IOException, NotNow {
    assertThat(reloadWith(ORDERS).lines()).containsExactly("job orders: added");
    assertThat(daemon.status().jobs())
        .extracting(StatusBody.JobBody::name)
        .containsExactly("averaging", "orders");
    daemon.awaitJobBeing("running");

    assertThat(reloadWith().lines()).containsExactly("job orders: removed");
    assertThat(reloadWith(ORDERS).lines()).containsExactly("job orders: added");
    assertThat(daemon.status().jobs().get(0).run()).contains(ClusterStub.RUN);
  }

  @Test
  void tellsOfTheRunThatNobodyKeepsAnyMore() throws IOException, NotNow {
    assertThat(reloadWith(ORDERS, "savepointd.jobs.averaging = null").lines())
        .containsExactly(
            "job averaging: removed; its run "
                + ClusterStub.RUN
                + " goes on, nobody keeps it any more",
            "job orders: added");
  }

  @Test
  void aBadFileChangesNothingAndIsToldOfUntilItIsMended() throws IOException, NotNow {
    assertThatThrownBy(() -> reloadWith("savepointd.jobs.averaging { restart = no, foo = 1 }"))
        .isInstanceOf(NotNow.class)
        .hasMessageContaining("2 faults")
        .hasMessageContaining("one.conf:")
        .extracting(e -> ((NotNow) e).kind())
        .isEqualTo(NotNow.Kind.USAGE);

    StatusBody status = daemon.status();
    assertThat(status.daemon()).isEqualTo("active");
    assertThat(status.jobs().get(0).run()).contains(ClusterStub.RUN);
    assertThat(status.detail())
        .startsWith("the configuration of ")
        .contains(" was refused (2 reasons, first: ", "one.conf:", "savepointd reload");

    assertThat(reloadWith().lines()).isEmpty();
    assertThat(daemon.status().detail()).isEmpty();
  }

  @Test
  void whatNeedsARestartIsRefusedWholeAndNamed() throws IOException, NotNow {
    ReloadBody refused = reloadWith(ORDERS, "savepointd.ledger.silence = 900ms");

    assertThat(refused.result()).isEqualTo("refused");
    assertThat(refused.lines())
        .singleElement()
        .asString()
        .contains("savepointd.ledger.silence", "restart");
    assertThat(daemon.status().jobs()).hasSize(1);
    assertThat(daemon.status().detail()).contains("savepointd.ledger.silence");
  }

  @Test
  void aRunIsNotLostSightOf() throws IOException, NotNow {
    ReloadBody refused = reloadWith("savepointd.clusters.main.rest = \"http://localhost:1\"");

    assertThat(refused.result()).isEqualTo("refused");
    assertThat(refused.lines().get(0)).contains(ClusterStub.RUN, "savepointd stop averaging");
    daemon.awaitJobBeing("running");

    try (ClusterStub elsewhere = new ClusterStub()) {
      ReloadBody moved = reloadWith("savepointd.clusters.main.rest = \"" + elsewhere.rest() + "\"");
      assertThat(moved.result()).as(moved.toString()).isEqualTo("done");
      cluster.close();
      daemon.awaitJobBeing("running");
      assertThat(daemon.status().jobs().get(0).run()).contains(ClusterStub.RUN);
    }
  }

  @Test
  void aStandbyTakesItForWhenItBecomesActive() throws IOException, NotNow {
    try (RunningDaemon second = new RunningDaemon(place.site("two"))) {
      second.awaitBeing("standby");
      place.edit("two", ORDERS);

      ReloadBody taken = second.reload();

      assertThat(taken.detail()).contains("taken for when it becomes active", "standby");
      assertThat(taken.lines()).containsExactly("job orders: added");
      daemon.close();
      second.awaitBeing("active");
      assertThat(second.status().jobs()).hasSize(2);
    }
  }
}
