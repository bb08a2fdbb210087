package io.savepointd.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EventCodecTest {
  private static final String JOB_LINE =
      "{'v':1,'type':'run-started','at':'2026-03-01T12:00:00.000Z','job':'averaging',"
          + "'run':'00000000000000000000000000000001'}";

  private final EventCodec codec = new EventCodec();

  static Stream<Event> everyEvent() {
    return SampleEvents.oneOfEach().stream();
  }

  @ParameterizedTest
  @MethodSource("everyEvent")
  void everyEventComesBackAsItWas(Event event) throws UnreadableLine {
    String line = codec.encode(event);

    assertThat(line).doesNotContain("\n", "\r");
    assertThat(codec.decode(line)).isEqualTo(event);
  }

  @Test
  void everyKindOfEventIsAmongTheSamples() {
    assertThat(everyEvent().map(Object::getClass).collect(Collectors.toSet()))
        .isEqualTo(kinds(Event.class).collect(Collectors.toSet()));
  }

  @Test
  void everyKindHasATypeOfItsOwn() {
    Set<String> types = everyEvent().map(EventEncoder::type).collect(Collectors.toSet());

    assertThat(types).hasSize((int) kinds(Event.class).count()).contains("run-not-started");
  }

  @Test
  void aLineReadsAsDocumented() {
    assertThat(codec.encode(SampleEvents.started(1, 0))).isEqualTo(JOB_LINE.replace('\'', '"'));
  }

  /** As it was written before launches were kept. */
  @Test
  void readsWhatARunWasStartedWithAlsoWhereAnOlderSavepointdWroteIt() throws UnreadableLine {
    String line =
        ("{'v':1,'type':'run-intended','at':'2026-03-01T12:00:00.000Z','job':'averaging',"
                + "'run':'00000000000000000000000000000001','cluster':'main','origin':'empty',"
                + "'jarDigest':'abc','args':['--host','x'],'parallelism':2}")
            .replace('\'', '"');

    Event.RunIntended read = (Event.RunIntended) codec.decode(line);

    assertThat(read.launch().kept()).isFalse();
    assertThat(read.launch().jarDigest()).isEqualTo("abc");
    assertThat(read.launch().args()).containsExactly("--host", "x");
    assertThat(read.launch().parallelism()).hasValue(2);
    assertThat(read.dropState()).isFalse();
    assertThat(codec.decode(codec.encode(read))).isEqualTo(read);
  }

  @Test
  void noSecretOfALaunchComesIntoALine() {
    String line =
        codec.encode(
            new Event.UpgradeIntended(
                SampleEvents.START,
                SampleEvents.JOB,
                SampleEvents.run(1),
                SampleEvents.launch(),
                true));

    assertThat(line).contains("rocksdb", "io.savepointd.job.Main").doesNotContain("hunter");
  }

  @Test
  void instantsKeepWhatIsFinerThanMilliseconds() throws UnreadableLine {
    Event event = new Event.Heartbeat(Instant.parse("2026-03-01T12:00:00.123456789Z"));

    assertThat(codec.decode(codec.encode(event))).isEqualTo(event);
  }

  @Test
  void passesOverFieldsItDoesNotKnow() throws UnreadableLine {
    String line = JOB_LINE.replace('\'', '"').replace("\"v\":1", "\"v\":1,\"mood\":{\"a\":[1]}");

    assertThat(codec.decode(line)).isEqualTo(SampleEvents.started(1, 0));
  }

  @Test
  void refusesATypeOfALaterVersion() {
    assertRefused(JOB_LINE.replace("run-started", "run-teleported"))
        .hasMessage("written by a newer savepointd: event type 'run-teleported'");
  }

  @Test
  void refusesALaterFormatBeforeItLooksAtAnythingElse() {
    assertRefused("{'v':2,'kind':17}").hasMessageStartingWith("written by a newer savepointd");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~|the line is empty",
        "[1]|not a JSON object",
        "{'v':1|not JSON",
        "{'v':1} {}|not JSON",
        "{'v':1,'v':1}|not JSON",
        "{'type':'closed'}|field 'v' is missing",
        "{'v':0,'type':'closed'}|format version 0 has never existed",
        "{'v':'1','type':'closed'}|field 'v' is no whole number",
        "{'v':1,'type':'closed'}|field 'at' is missing",
        "{'v':1,'type':'closed','at':'noon'}|field 'at' is no instant: 'noon'",
        "{'v':1,'type':'closed','at':7}|field 'at' is no string: 7",
      })
  void saysWhatIsWrongWithALine(String line, String reason) {
    assertRefused(line).hasMessageContaining(reason);
  }

  @Test
  void refusesAnIdThatIsNone() {
    assertRefused(JOB_LINE.replace("00000001'", "1'")).hasMessageContaining("is no id");
  }

  @Test
  void refusesAnEndThatIsNone() {
    String line = codec.encode(SampleEvents.oneOfEach().get(11)).replace("\"gone\"", "\"moved\"");

    assertRefused(line).hasMessage("written by a newer savepointd: field 'end' is 'moved'");
  }

  private org.assertj.core.api.AbstractThrowableAssert<?, ?> assertRefused(String line) {
    return assertThatThrownBy(() -> codec.decode(line.replace('\'', '"')))
        .isInstanceOf(UnreadableLine.class);
  }

  private static Stream<Class<?>> kinds(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(EventCodecTest::kinds)
        : Stream.of(type);
  }
}
