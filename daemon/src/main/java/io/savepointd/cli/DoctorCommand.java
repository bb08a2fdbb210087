package io.savepointd.cli;

import io.savepointd.app.Installation;
import io.savepointd.doctor.Examination;
import io.savepointd.doctor.Line;
import io.savepointd.doctor.Report;
import io.savepointd.doctor.Surroundings.DaemonSeen;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** {@code savepointd doctor}. */
@Command(
    name = "doctor",
    description =
        "Checks all that savepointd needs, one line each with its remedy; disturbs nothing, and"
            + " ends with 0 only if nothing has failed.")
final class DoctorCommand implements Callable<Integer> {
  @Mixin private Asking asking;
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (Examination examination =
        Installation.ofThisProcess().doctor(asking.config(), DoctorCommand::daemon)) {
      // Ctrl-C must not leave the scratch directory behind.
      Runtime.getRuntime().addShutdownHook(new Thread(examination::close, "doctor-end"));
      Report report = json ? asJson(examination, out) : asText(examination, out);
      return (report.refused()
              ? ExitCode.USAGE
              : report.failed() > 0 ? ExitCode.FAILED : ExitCode.DONE)
          .value;
    }
  }

  private static Report asText(Examination examination, PrintWriter out) {
    DoctorTable table = new DoctorTable(examination.names());
    Consumer<Line> tell =
        line -> {
          table.lines(line).forEach(out::println);
          out.flush(); // the next one may take its time
        };
    Report report = examination.run(tell);
    out.println(report.summary());
    return report;
  }

  private static Report asJson(Examination examination, PrintWriter out) {
    Report report = examination.run(line -> {});
    out.println(Asking.JSON.valueToTree(DoctorBody.of(report)).toPrettyString());
    return report;
  }

  /** What {@code --json} prints. */
  record DoctorBody(List<CheckBody> checks, long ok, long warnings, long failed, long skipped) {
    static DoctorBody of(Report report) {
      return new DoctorBody(
          report.lines().stream().map(CheckBody::of).toList(),
          report.ok(),
          report.warnings(),
          report.failed(),
          report.skipped());
    }
  }

  /** One check; its result is {@code ok}, {@code warn}, {@code FAIL} or {@code skip}. */
  record CheckBody(String check, String result, String found, String remedy) {
    static CheckBody of(Line line) {
      return new CheckBody(
          line.check(), line.verdict().word(), line.verdict().found(), line.verdict().remedy());
    }
  }

  private static Optional<DaemonSeen> daemon(Path socket) throws IOException {
    try {
      Optional<AdminClient.RawReply> reply =
          new AdminClient(socket).ask("GET", "/status", Map.of());
      return reply.isPresent() ? Optional.of(seen(reply.get())) : Optional.empty();
    } catch (CommandFailed e) {
      throw (AccessDeniedException)
          new AccessDeniedException(socket.toString(), null, e.getMessage()).initCause(e);
    }
  }

  private static DaemonSeen seen(AdminClient.RawReply reply) throws IOException {
    try {
      JsonNode status = Asking.JSON.readTree(reply.body());
      if (reply.status() == 200) {
        return new DaemonSeen(
            status.path("daemon").asString(""),
            status.path("version").asString(""),
            status.path("detail").asString(""));
      }
      throw new IOException(
          "it answers: " + status.path("error").asString("HTTP " + reply.status()));
    } catch (JacksonException e) {
      throw new IOException("what answers on the socket is no daemon: " + reply.body(), e);
    }
  }
}
