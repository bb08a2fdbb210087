package io.savepointd.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.savepointd.model.JobName;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** The daemon's own compiled classes, without tests and without the other modules'. */
final class Code {
  static final String BASE = "io.savepointd.";

  private Code() {}

  static JavaClasses classes() {
    try {
      Path compiled =
          Path.of(JobName.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return new ClassFileImporter().importPath(compiled);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
