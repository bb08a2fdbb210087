package io.savepointd.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.savepointd.admin.NotNow;
import io.savepointd.ledger.History;
import io.savepointd.model.Origin;
import io.savepointd.model.Savepoint;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SavepointNamesTest {
  private final History history =
      new Told(Told.AVERAGING)
          .run("a", new Origin.Empty())
          .savepoint("11", "a")
          .savepoint("12", "a")
          .savepoint("2", "a")
          .savepoint("3", "a")
          .deleted("3")
          .quarantined("2")
          .history();
  private final SavepointNames names =
      new SavepointNames(new Reports(ReportsTest.settings(Told.AVERAGING)), history);

  @Test
  void findsWhatIsKeptByTheBeginningOfItsId() throws NotNow {
    assertThat(names.one("12").id().value()).isEqualTo(Told.id("12"));
    assertThat(names.one("2").state()).isEqualTo(Savepoint.State.QUARANTINED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "3", "ff", "averaging"})
  void refusesWhatNamesNone(String beginning) {
    assertThatThrownBy(() -> names.one(beginning))
        .isInstanceOfSatisfying(
            NotNow.class, e -> assertThat(e.kind()).isEqualTo(NotNow.Kind.USAGE))
        .hasMessageContaining("begins with '" + beginning + "'");
  }

  @Test
  void listsTheCandidatesOfABeginningThatSeveralHave() {
    assertThatThrownBy(() -> names.one("1"))
        .isInstanceOf(NotNow.class)
        .hasMessageContaining("2 savepoints")
        .hasMessageContaining(Told.id("11") + " (averaging, ")
        .hasMessageContaining(Told.id("12"));
  }

  @Test
  void meansAllThatIsKeptOrTheJobsOrThoseNamedEachOnce() throws NotNow {
    List<String> all = List.of(Told.id("2"), Told.id("12"), Told.id("11"));
    assertThat(ids(names.meant(List.of()))).isEqualTo(all);
    assertThat(ids(names.meant(List.of("averaging")))).isEqualTo(all);
    assertThat(ids(names.meant(List.of("11", "averaging", "11"))))
        .containsExactly(Told.id("11"), Told.id("2"), Told.id("12"));
    assertThatThrownBy(() -> names.meant(List.of("11", ""))).isInstanceOf(NotNow.class);
    assertThatThrownBy(() -> names.meant(List.of("zother"))).isInstanceOf(NotNow.class);
  }

  private static List<String> ids(List<Savepoint> savepoints) {
    return savepoints.stream().map(s -> s.id().value()).toList();
  }
}
