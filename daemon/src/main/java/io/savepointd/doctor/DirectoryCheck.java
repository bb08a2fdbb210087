package io.savepointd.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A local directory that the daemon writes to, and makes if it isn't there. */
final class DirectoryCheck implements Check {
  private final String name;
  private final Path directory;
  private final String user;
  private final String otherwise;

  /** With what else to do than to change the directory's owner. */
  DirectoryCheck(String name, Path directory, String user, String otherwise) {
    this.name = name;
    this.directory = directory;
    this.user = user;
    this.otherwise = otherwise;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Verdict look() throws IOException {
    Path there = directory.toAbsolutePath().normalize();
    while (there.getParent() != null && Files.notExists(there)) {
      there = there.getParent();
    }
    if (!Files.isDirectory(there)) {
      return failed(there + " is no directory");
    }
    if (!Files.isWritable(there)) {
      String owner = owner(there);
      String found = there + " can't be written by " + user + ", it is " + owner + "'s";
      // A service's own directory is as it should be; it is the asker who isn't the service.
      return owner.equals("root")
          ? failed(found)
          : new Verdict.Warn(found, "have it looked at as the daemon: sudo savepointd doctor");
    }
    return new Verdict.Ok(
        there.equals(directory.toAbsolutePath().normalize())
            ? directory + ", writable"
            : directory + " will be made in " + there);
  }

  private static String owner(Path path) throws IOException {
    return Files.getOwner(path).getName();
  }

  private Verdict failed(String found) {
    return new Verdict.Failed(found, "chown " + user + " " + directory + ", " + otherwise);
  }

  @Override
  public String remedy(IOException failure) {
    return "look at " + directory + ", " + otherwise;
  }
}
