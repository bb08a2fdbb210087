package io.savepointd.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.savepointd.admin.NotNow;
import io.savepointd.admin.Operations.MoveRequest;
import io.savepointd.config.Settings;
import io.savepointd.model.ClusterName;
import io.savepointd.model.JobName;
import io.savepointd.supervise.Answer;
import io.savepointd.supervise.Demand;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said about a move by the configuration alone. */
class MoveRequestTest {
  private static final JobName AVERAGING = new JobName("averaging");

  @TempDir private Path directory;
  private Settings settings;

  @BeforeEach
  void read() throws Exception {
    settings = with("else");
  }

  private Settings with(String runName) throws Exception {
    return new SettingsText(directory)
        .with(
            """
            savepointd.clusters.other.rest = "http://two:8081"
            savepointd.jobs.orders { jar = "b.jar", cluster = other, run-name = "%s" }
            """
                .formatted(runName));
  }

  @Test
  void namesAClusterOfTheConfiguration() throws NotNow {
    assertThat(Requests.move(new MoveRequest("other", true, false), settings))
        .isEqualTo(new Demand.Move(new ClusterName("other"), true));
    assertThatThrownBy(() -> Requests.move(new MoveRequest("../x", false, false), settings))
        .isInstanceOf(NotNow.class)
        .hasMessageContaining("no cluster '../x'")
        .hasMessageContaining("there are [main, other]; nothing was done")
        .extracting(e -> ((NotNow) e).kind())
        .isEqualTo(NotNow.Kind.USAGE);
  }

  @Test
  void refusesWhereAnotherJobsRunsBearTheSameName() throws Exception {
    Demand.Move move = new Demand.Move(new ClusterName("other"), false);
    assertThat(Requests.nameTaken(move, settings.jobs().get(AVERAGING), settings)).isEmpty();
    settings = with("averaging");
    assertThat(Requests.nameTaken(move, settings.jobs().get(AVERAGING), settings))
        .hasValueSatisfying(
            answer -> {
              assertThat(answer).isInstanceOf(Answer.Refused.class);
              assertThat(answer.message()).contains("job orders on cluster other", "run-name");
            });
  }
}
