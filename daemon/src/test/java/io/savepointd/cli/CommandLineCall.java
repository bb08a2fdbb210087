package io.savepointd.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;

/**
 * A command as it was typed, in this process.
 *
 * @param code what the process would have ended with
 */
record CommandLineCall(int code, String out, String err) {
  static CommandLineCall of(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    int code = line.execute(args);
    return new CommandLineCall(code, out.toString(), err.toString());
  }

  /** With {@code --config} behind the command's name. */
  static CommandLineCall with(Path config, String command, String... args) {
    String[] all = new String[args.length + 3];
    all[0] = command;
    all[1] = "--config";
    all[2] = config.toString();
    System.arraycopy(args, 0, all, 3, args.length);
    return of(all);
  }

  /** A good configuration in {@code directory}, with its socket there, and nothing else running. */
  static Path config(Path directory) throws IOException {
    Files.writeString(directory.resolve("job.jar"), "not looked into");
    return Files.writeString(
        directory.resolve("application.conf"),
        """
        savepointd {
          storage.root = "file://%1$s/savepoints"
          admin.socket = "%1$s/s.sock"
          clusters.main.rest = "http://localhost:1"
          jobs.averaging.jar = "%1$s/job.jar"
        }
        """
            .formatted(directory));
  }

  List<String> outLines() {
    return out.lines().toList();
  }
}
