package io.savepointd.job.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LineDecoderTest {
  private final List<String> lines = new ArrayList<>();
  private final LineDecoder decoder = new LineDecoder(100, lines::add);

  @Test
  void cutsLinesWhereverTheChunksEnd() throws Exception {
    feed("1 2\n3");
    assertThat(lines).containsExactly("1 2");
    feed(" 4\r");
    feed("\n\n5 6\n");
    assertThat(lines).containsExactly("1 2", "3 4", "", "5 6");
  }

  @Test
  void readsACharacterThatIsSplitBetweenChunks() throws Exception {
    byte[] bytes = "ü\n".getBytes(StandardCharsets.UTF_8);
    decoder.feed(bytes, 1);
    decoder.feed(new byte[] {bytes[1], bytes[2]}, 2);
    assertThat(lines).containsExactly("ü");
  }

  @Test
  void takesALineOfExactlyTheBound() throws Exception {
    feed("1 " + "0".repeat(98) + "\n");
    assertThat(lines).containsExactly("1 " + "0".repeat(98));
  }

  @Test
  void aLineOverTheBoundIsBadAndCutAndTheNextIsGood() throws Exception {
    feed("1 2" + " ".repeat(1_000_000) + "\n3 4\n");
    assertThat(lines).hasSize(2);
    assertThat(ParsedLine.of(lines.get(0))).isInstanceOf(ParsedLine.Bad.class);
    assertThat(lines.get(0)).endsWith("(a line of more than 100 bytes)").hasSizeLessThan(120);
    assertThat(lines.get(1)).isEqualTo("3 4");
  }

  @Test
  void aLineCutShortByTheEndIsBad() throws Exception {
    feed("1 2\n1 23");
    decoder.end();
    assertThat(lines).hasSize(2);
    assertThat(ParsedLine.of(lines.get(1))).isInstanceOf(ParsedLine.Bad.class);
  }

  @Test
  void anEndBetweenLinesAddsNone() throws Exception {
    feed("1 2\n");
    decoder.end();
    assertThat(lines).containsExactly("1 2");
  }

  private void feed(String text) throws InterruptedException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    decoder.feed(bytes, bytes.length);
  }
}
