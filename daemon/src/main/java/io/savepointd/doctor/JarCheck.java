package io.savepointd.doctor;

import io.savepointd.model.Job;
import io.savepointd.model.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipException;

/** A job's jar: that it is one, may be read, and has the class that is to be run. */
final class JarCheck implements Check {
  private final Job job;
  private final Digest digest;

  /** Tells jars apart by their content. */
  interface Digest {
    String of(Path jar) throws IOException;
  }

  JarCheck(Job job, Digest digest) {
    this.job = job;
    this.digest = digest;
  }

  @Override
  public String name() {
    return "job " + job.name() + " jar";
  }

  @Override
  public Verdict look() throws IOException {
    if (Files.exists(job.jar()) && !Files.isReadable(job.jar())) {
      return new Verdict.Failed(
          job.jar() + " may not be read by this user",
          "chmod a+r " + job.jar() + ", and a+x on the directories above it");
    }
    try (JarFile jar = new JarFile(job.jar().toFile(), false)) {
      Optional<String> entry = job.entryClass().or(() -> mainClass(jar));
      if (entry.isEmpty()) {
        return new Verdict.Failed(
            job.jar() + " names no class to run",
            "set entry-class, or Main-Class in the jar's manifest");
      }
      if (jar.getEntry(entry.get().replace('.', '/') + ".class") == null) {
        return new Verdict.Failed(
            job.jar() + " has no class " + entry.get(),
            "correct entry-class, or build the jar anew");
      }
      return new Verdict.Ok(
          job.jar()
              + ", "
              + Words.bytes(Files.size(job.jar()))
              + ", "
              + entry.get()
              + ", sha256 "
              + digest.of(job.jar()).substring(0, 12));
    }
  }

  private static Optional<String> mainClass(JarFile jar) {
    try {
      return Optional.ofNullable(jar.getManifest())
          .map(Manifest::getMainAttributes)
          .map(attributes -> attributes.getValue(Attributes.Name.MAIN_CLASS))
          .map(String::strip);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public String remedy(IOException failure) {
    return failure instanceof NoSuchFileException
        ? "put the jar at " + job.jar() + ", or correct its path"
        : failure instanceof ZipException
            ? job.jar() + " is no whole jar: copy or build it anew"
            : "look at " + job.jar();
  }
}
