package io.savepointd.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.savepointd.admin.NotNow;
import io.savepointd.admin.Operations.StartFrom;
import io.savepointd.admin.Operations.StartRequest;
import io.savepointd.ledger.JobHistory;
import io.savepointd.model.Origin;
import io.savepointd.supervise.Demand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestsTest {
  private static final String ROOT = "hdfs://nn:9000/root";

  private final JobHistory history =
      new Told(Told.AVERAGING)
          .run("a", new Origin.Empty())
          .savepoint("11", "a")
          .savepoint("12", "a")
          .savepoint("2", "a")
          .savepoint("3", "a")
          .deleted("3")
          .history()
          .of(Told.AVERAGING);

  @Test
  void findsASavepointByTheBeginningOfItsId() throws NotNow {
    assertThat(path("12", ROOT)).isEqualTo(Told.path("12"));
    assertThat(path(Told.id("2"), ROOT)).isEqualTo(Told.path("2"));
  }

  @Test
  void refusesABeginningThatSeveralIdsHave() {
    assertThatThrownBy(() -> path("1", ROOT))
        .isInstanceOf(NotNow.class)
        .hasMessageContaining("2 retained savepoints of averaging")
        .hasMessageContaining("savepointd list averaging");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ff", "3", "nonsense"})
  void refusesAnIdOfNoRetainedSavepoint(String id) {
    assertThatThrownBy(() -> path(id, ROOT))
        .isInstanceOf(NotNow.class)
        .hasMessageContaining("no retained savepoint of averaging")
        .extracting(e -> ((NotNow) e).kind())
        .isEqualTo(NotNow.Kind.USAGE);
  }

  @Test
  void looksForAPathWithoutASchemeWhereTheRootLies() throws NotNow {
    assertThat(path("/other/savepoint-1", ROOT)).isEqualTo("hdfs://nn:9000/other/savepoint-1");
    assertThat(path("/other/savepoint-1", "hdfs://service/root"))
        .isEqualTo("hdfs://service/other/savepoint-1");
    assertThat(path("/other/savepoint-1", "file:/tmp/root")).isEqualTo("file:///other/savepoint-1");
  }

  /** Flink says which path a run was restored from; that has to be this text. */
  @Test
  void completesAnAddressThatLeavesTheNameNodeOut() throws NotNow {
    assertThat(path("hdfs:///other/savepoint-1", ROOT))
        .isEqualTo("hdfs://nn:9000/other/savepoint-1");
    assertThat(path("hdfs:/other/savepoint-1", ROOT)).isEqualTo("hdfs://nn:9000/other/savepoint-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a/b/", "hdfs:///a/b//", "hdfs://nn:9000/a/b/"})
  void dropsSlashesAtTheEnd(String typed) throws NotNow {
    assertThat(path(typed, ROOT)).isEqualTo("hdfs://nn:9000/a/b");
  }

  @Test
  void takesARootAsHadoopWritesIt() throws NotNow {
    assertThat(path("/a b/c%20d", "hdfs://nn:9000/my root/x%20y"))
        .isEqualTo("hdfs://nn:9000/a b/c%20d");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hdfs://other:9000/a/b", "file:/tmp/a", "file:///tmp/a"})
  void takesAFullAddressAsItIs(String uri) throws NotNow {
    assertThat(path(uri, ROOT)).isEqualTo(uri);
  }

  @ParameterizedTest
  @ValueSource(strings = {"averaging/x/savepoint-1", "./savepoint-1", "nn:9000/root"})
  void refusesWhatIsNeitherPathNorId(String typed) {
    assertThatThrownBy(() -> path(typed, ROOT))
        .isInstanceOf(NotNow.class)
        .hasMessageContaining(typed)
        .hasMessageContaining("nothing was done");
  }

  @Test
  void knowsTheOtherTwoWaysOfStarting() throws NotNow {
    assertThat(Requests.start(request(new StartFrom.Latest()), history, ROOT))
        .isEqualTo(new Demand.Start(new Demand.From.Latest(), true));
    assertThat(Requests.start(request(new StartFrom.Nothing()), history, ROOT))
        .isEqualTo(new Demand.Start(new Demand.From.Nothing(), true));
  }

  /** One job's state in another job is worse than none. */
  @Test
  void givesANamedSavepointToOneJobOnly() throws NotNow {
    StartRequest named = request(new StartFrom.Named("/a/b"));

    assertThatThrownBy(() -> Requests.check(named, 2))
        .isInstanceOf(NotNow.class)
        .hasMessageContaining("--from /a/b needs the name of the job");
    Requests.check(named, 1);
    Requests.check(request(new StartFrom.Latest()), 2);
  }

  private String path(String typed, String root) throws NotNow {
    Demand.Start start = Requests.start(request(new StartFrom.Named(typed)), history, root);
    return ((Demand.From.Path) start.from()).path();
  }

  private static StartRequest request(StartFrom from) {
    return new StartRequest(from, true, false);
  }
}
