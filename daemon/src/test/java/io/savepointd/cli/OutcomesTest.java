package io.savepointd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OutcomesTest {
  @ParameterizedTest
  @CsvSource({
    "'', DONE",
    "done, DONE",
    "done done, DONE",
    "refused, REFUSED",
    "refused refused, REFUSED",
    "done refused, DONE",
    "refused done, DONE",
    "failed, FAILED",
    "done failed, FAILED",
    "failed done refused, FAILED",
    "unreachable, UNREACHABLE",
    "unreachable done, UNREACHABLE",
    "refused unreachable, UNREACHABLE",
    "unreachable refused, UNREACHABLE",
    "failed unreachable, FAILED",
    "unreachable failed, FAILED"
  })
  void theWorstCountsAndARefusalOnlyIfNothingWasDone(String results, ExitCode code) {
    assertThat(Asking.outcomes(body(results), line -> {})).isEqualTo(code);
  }

  @Test
  void saysEachJobsOutcomeOnALineOfItsOwn() {
    List<String> lines = new ArrayList<>();

    Asking.outcomes(body("done refused"), lines::add);

    assertThat(lines).containsExactly("job: why", "job: refused: why");
  }

  private static JsonNode body(String results) {
    String outcomes =
        Arrays.stream(results.split(" ", -1))
            .filter(r -> !r.isEmpty())
            .map(r -> "{\"job\":\"job\",\"result\":\"" + r + "\",\"message\":\"why\"}")
            .collect(Collectors.joining(","));
    return JsonMapper.builder().build().readTree("{\"outcomes\":[" + outcomes + "]}");
  }
}
