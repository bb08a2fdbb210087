package io.savepointd.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarDigestTest {
  @Test
  void isTheContentsSha256(@TempDir Path directory) throws IOException {
    Path jar = Files.writeString(directory.resolve("a.jar"), "abc");

    // The test vector of FIPS 180-2.
    assertThat(JarDigest.of(jar))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void tellsOfMissingFile(@TempDir Path directory) {
    assertThatThrownBy(() -> JarDigest.of(directory.resolve("none.jar")))
        .isInstanceOf(NoSuchFileException.class);
  }
}
