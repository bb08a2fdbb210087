package io.savepointd.packages;

import io.savepointd.cli.Main;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.AutoComplete;
import picocli.CommandLine;

/**
 * Writes what lies below {@code /usr/share} beside the program: manual pages, the completion for
 * bash, changelogs.
 */
public final class Papers {
  private final Path share;
  private final String version;

  private Papers(Path share, String version) {
    this.share = share;
    this.version = version;
  }

  /** Arguments: this module's directory, the directory to write to, the version. */
  public static void main(String[] args) throws IOException {
    Path module = Path.of(args[0]);
    new Papers(Path.of(args[1]), args[2]).write(module);
  }

  private void write(Path module) throws IOException {
    CommandLine line = Main.commandLine();
    for (var page : new ManualPages(version).of(line).entrySet()) {
      zipped("man/man1/" + page.getKey() + ".1.gz", page.getValue());
    }
    zipped("man/man5/savepointd.conf.5.gz", ConfigurationPage.of(reference(), version));
    plain("bash-completion/completions/savepointd", completion(line));
    zipped("doc/savepointd/changelog.gz", Files.readString(module.resolve("../CHANGELOG.md")));
    zipped(
        "doc/savepointd/changelog.Debian.gz",
        Files.readString(module.resolve("src/main/deb/changelog"))
            .replace("@version@", version.replace("-SNAPSHOT", "~snapshot") + "-1"));
  }

  /** Sourced, never run: without the first line, which names an interpreter. */
  private static String completion(CommandLine line) {
    String script = AutoComplete.bash("savepointd", line);
    return script.startsWith("#!") ? script.substring(script.indexOf('\n') + 1) : script;
  }

  private static String reference() throws IOException {
    try (InputStream in = Main.class.getResourceAsStream("/reference.conf")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void zipped(String path, String text) throws IOException {
    write(path, Gzip.best(text.getBytes(StandardCharsets.UTF_8)));
  }

  private void plain(String path, String text) throws IOException {
    write(path, text.getBytes(StandardCharsets.UTF_8));
  }

  private void write(String path, byte[] content) throws IOException {
    Path file = share.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }
}
