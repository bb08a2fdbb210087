package io.savepointd.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.util.functional.RemoteIterators;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many requests it takes to find files; that they are found is in the store's contract. */
class FilesByNameTest {
  @TempDir private java.nio.file.Path directory;
  private final Counting fileSystem = new Counting();
  private int told;

  /** A file system that counts what is asked of it. */
  private static final class Counting extends FilterFileSystem {
    private int questions;
    private int listings;
    private int entries;

    Counting() {
      super(new RawLocalFileSystem());
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
      questions++;
      return super.getFileStatus(path);
    }

    @Override
    public RemoteIterator<FileStatus> listStatusIterator(Path path) throws IOException {
      listings++;
      return RemoteIterators.mappingRemoteIterator(super.listStatusIterator(path), this::counted);
    }

    private FileStatus counted(FileStatus status) {
      entries++;
      return status;
    }
  }

  @BeforeEach
  void open() throws IOException {
    fileSystem.initialize(URI.create("file:///"), new Configuration());
  }

  @AfterEach
  void close() throws IOException {
    fileSystem.close();
  }

  private void files(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      Files.createFile(directory.resolve("file-" + i));
    }
  }

  private static Set<String> names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "file-" + i).collect(Collectors.toSet());
  }

  private Map<String, FileStatus> find(Set<String> names) throws IOException {
    return new FilesByName(fileSystem, () -> told++).in(new Path(directory.toUri()), names);
  }

  @Test
  void asksForFewOneByOne() throws IOException {
    files(100);

    assertThat(find(names(FilesByName.FEW)).keySet()).isEqualTo(names(FilesByName.FEW));

    assertThat(fileSystem.listings).isZero();
    assertThat(fileSystem.questions).isEqualTo(FilesByName.FEW);
    assertThat(told).isEqualTo(FilesByName.FEW);
  }

  @Test
  void asksForManyByOneListing() throws IOException {
    files(900);

    assertThat(find(names(901)).keySet()).isEqualTo(names(900));

    assertThat(fileSystem.listings).isEqualTo(1);
    assertThat(fileSystem.questions).isZero();
    assertThat(told).isEqualTo(900);
  }

  /** Such as a shared directory with the files of years of checkpoints. */
  @Test
  void givesUpAListingThatCostsMoreThanTheQuestions() throws IOException {
    int wanted = FilesByName.FEW + 1;
    files(2 * wanted * FilesByName.ENTRIES_FOR_ONE);

    assertThat(find(names(wanted)).keySet()).isEqualTo(names(wanted));

    assertThat(fileSystem.entries).isLessThanOrEqualTo(wanted * FilesByName.ENTRIES_FOR_ONE);
    assertThat(fileSystem.questions).isLessThanOrEqualTo(wanted);
  }

  @Test
  void findsNothingWhereThereIsNoDirectory() throws IOException {
    Path nowhere = new Path(new Path(directory.toUri()), "nowhere");

    assertThat(new FilesByName(fileSystem, () -> {}).in(nowhere, names(40))).isEmpty();
    assertThat(fileSystem.questions).isLessThanOrEqualTo(1);
  }
}
