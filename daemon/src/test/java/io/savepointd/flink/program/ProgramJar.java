package io.savepointd.flink.program;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Packs {@link CountingProgram} into a jar that a cluster can run. */
public final class ProgramJar {
  private ProgramJar() {}

  /**
   * Writes the jar.
   *
   * @param mark anything that makes this jar's content differ from another's
   */
  public static Path write(Path jar, String mark) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, CountingProgram.class.getName());
    manifest.getMainAttributes().putValue("Mark", mark);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      add(out, CountingProgram.class);
      for (Class<?> nested : CountingProgram.class.getDeclaredClasses()) {
        add(out, nested);
      }
    }
    return jar;
  }

  private static void add(JarOutputStream out, Class<?> type) throws IOException {
    String file = type.getName().replace('.', '/') + ".class";
    out.putNextEntry(new JarEntry(file));
    try (InputStream in = type.getClassLoader().getResourceAsStream(file)) {
      in.transferTo(out);
    }
    out.closeEntry();
  }
}
