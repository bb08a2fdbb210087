package io.savepointd.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.acceptance.world.Folders;
import io.savepointd.acceptance.world.Installed;
import io.savepointd.acceptance.world.Runs;
import io.savepointd.acceptance.world.SharedWorld;
import io.savepointd.acceptance.world.World;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** One daemon with a cluster of an older Flink and one of the newest, and the same jar on both. */
@ExtendWith(SharedWorld.class)
@Timeout(value = 120, unit = SECONDS)
class TwoVersionsIT {

  private final World world;

  TwoVersionsIT(World world) {
    this.world = world;
  }

  @Test
  void keepsEachJobOnItsOwnVersionFromItsOwnSavepoints() throws IOException {
    Runs elder = new Runs(world.flink(World.OLD_FLINK).client(), "elder");
    Runs younger = new Runs(world.flink(World.FLINK).client(), "younger");
    try (Installed savepointd = Installed.with(world, Folders.world(getClass()), configuration())) {
      savepointd.startDaemon();
      String firstElder = elder.awaitRunning();
      String firstYounger = younger.awaitRunning();
      assertThat(done(savepointd.post("/savepoint"))).containsExactly("elder", "younger");

      elder.kill(firstElder);
      younger.kill(firstYounger);
      String nextElder = elder.awaitRunningOtherThan(firstElder);
      String nextYounger = younger.awaitRunningOtherThan(firstYounger);

      assertThat(elder.rest().restoredFrom(nextElder))
          .hasValue(onlySavepointOf(savepointd, "elder"));
      assertThat(younger.rest().restoredFrom(nextYounger))
          .hasValue(onlySavepointOf(savepointd, "younger"));
      assertThat(savepointd.status().path("detail").asString())
          .as("nothing to say of versions that are tested")
          .isEmpty();
      assertThat(savepointd.log())
          .anyMatch(line -> line.endsWith("cluster=old flink=" + World.OLD_FLINK))
          .anyMatch(line -> line.endsWith("cluster=new flink=" + World.FLINK));

      assertThat(done(savepointd.post("/stop?job=elder"))).containsExactly("elder");
      assertThat(elder.alive()).isEmpty();
      assertThat(younger.awaitRunning()).isEqualTo(nextYounger);
    } finally {
      elder.killAll();
      younger.killAll();
    }
  }

  private static List<String> done(JsonNode answer) {
    assertThat(answer.path("outcomes"))
        .as("%s", answer)
        .allMatch(outcome -> outcome.path("result").asString().equals("done"));
    return StreamSupport.stream(answer.path("outcomes").spliterator(), false)
        .map(outcome -> outcome.path("job").asString())
        .toList();
  }

  private static String onlySavepointOf(Installed savepointd, String job) throws IOException {
    List<JsonNode> all =
        savepointd.everSaved().filter(s -> s.path("job").asString().equals(job)).toList();
    assertThat(all).hasSize(1);
    return all.get(0).path("path").asString();
  }

  private String configuration() throws IOException {
    return """
        savepointd {
          storage.root = "%s/two-versions"
          clusters.old.rest = "%s"
          clusters.new.rest = "%s"
          defaults.job {
            jar = "job/averaging-job.jar"
            args = ["--source", "sequence", "--rate", "100", "--sink", "discard"]
          }
          jobs.elder.cluster = old
          jobs.younger.cluster = new
        }
        """
        .formatted(
            world.hdfs().uri(),
            world.flink(World.OLD_FLINK).rest(),
            world.flink(World.FLINK).rest());
  }
}
