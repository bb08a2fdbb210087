package io.savepointd.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.api.AbstractAssert;

/** A verdict by its word, and parts of its texts. */
final class Found extends AbstractAssert<Found, Verdict> {
  Found(Verdict verdict) {
    super(verdict, Found.class);
  }

  void is(String word, String found, String remedy) {
    assertThat(actual.word()).as("%s", actual).isEqualTo(word);
    assertThat(actual.found()).contains(found);
    assertThat(actual.remedy()).contains(remedy);
  }
}
