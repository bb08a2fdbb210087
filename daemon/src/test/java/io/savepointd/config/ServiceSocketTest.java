package io.savepointd.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceSocketTest {
  @TempDir private Path temporary;
  private Path etc;
  private ServiceSocket service;

  @BeforeEach
  void layOut() throws IOException {
    etc = Files.createDirectory(temporary.toRealPath().resolve("etc"));
    service = new ServiceSocket(etc, Path.of("/run"));
  }

  @Test
  void belongsToTheServiceForItsOwnFile() {
    assertThat(service.of(etc.resolve("application.conf")))
        .contains(Path.of("/run/savepointd/savepointd.sock"));
  }

  @Test
  void belongsToAnInstanceForAFileOfItsName() {
    assertThat(service.of(etc.resolve("orders.eu.conf")))
        .contains(Path.of("/run/savepointd-orders.eu/savepointd.sock"));
  }

  @Test
  void isTheSameWhenTheFileIsReachedByALinkToItsDirectory() throws IOException {
    Path conf = Files.createSymbolicLink(temporary.resolve("conf"), etc);

    assertThat(service.of(conf.resolve("application.conf")))
        .contains(Path.of("/run/savepointd/savepointd.sock"));
  }

  @Test
  void isNoneOfAFileElsewhereOrOfAnotherKind() {
    assertThat(service.of(temporary.resolve("application.conf"))).isEmpty();
    assertThat(service.of(etc.resolve("savepointd.keytab"))).isEmpty();
    assertThat(service.of(temporary.resolve("absent/application.conf"))).isEmpty();
  }
}
