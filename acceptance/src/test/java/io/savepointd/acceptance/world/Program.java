package io.savepointd.acceptance.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;

/**
 * Flink programs of the tests' own, one source file each under {@code resources/programs}: compiled
 * against what a cluster runs on, so that the tests themselves need no Flink.
 */
public final class Program {

  private static final Path SOURCES = Path.of("src", "test", "resources", "programs");

  private Program() {}

  /** The jar of a class in no package, made anew in that folder; its manifest names the class. */
  public static Path jar(String mainClass, String flink, Path dir) throws IOException {
    Path classes = Files.createDirectories(dir.resolve("classes-of-" + mainClass));
    List<String> javac =
        List.of(
            "--release",
            "17",
            "-proc:none",
            "-cp",
            classPath(Folders.flink(flink)),
            "-d",
            classes.toString(),
            SOURCES.resolve(mainClass + ".java").toString());
    int code =
        ToolProvider.getSystemJavaCompiler().run(null, null, null, javac.toArray(String[]::new));
    assertThat(code).as("javac %s", javac).isZero();
    Path jar = dir.resolve(mainClass + ".jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest(mainClass));
        Stream<Path> compiled = Files.list(classes)) {
      for (Path each : compiled.toList()) {
        entries.putNextEntry(new ZipEntry(each.getFileName().toString()));
        Files.copy(each, entries);
      }
    }
    return jar;
  }

  /** The compiler takes no {@code *} but from its own command line. */
  private static String classPath(Path jars) throws IOException {
    try (Stream<Path> all = Files.list(jars)) {
      return all.map(Path::toString).collect(Collectors.joining(":"));
    }
  }

  private static Manifest manifest(String mainClass) {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, mainClass);
    return manifest;
  }
}
