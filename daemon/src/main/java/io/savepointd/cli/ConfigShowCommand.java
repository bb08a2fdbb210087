package io.savepointd.cli;

import io.savepointd.app.BadConfiguration;
import io.savepointd.app.EffectiveConfiguration;
import io.savepointd.app.Installation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code savepointd config show}. */
@Command(
    name = "show",
    description = "Every setting that takes effect, and where it comes from; touches nothing.",
    footer = {
      "",
      "The file is read anew: a daemon that runs may still go by what it was before.",
      "What is printed is HOCON. Secrets are shown as ******."
    })
final class ConfigShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration; default as everywhere.")
  private Optional<Path> config = Optional.empty();

  @Option(names = "--job", paramLabel = "JOB", description = "The settings of this job only.")
  private Optional<String> job = Optional.empty();

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Override
  public Integer call() throws CommandFailed {
    EffectiveConfiguration shown = wanted(read());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(shown).toPrettyString());
    } else {
      shown.settings().forEach(setting -> out.println(setting.line()));
    }
    return ExitCode.DONE.value;
  }

  private EffectiveConfiguration read() throws CommandFailed {
    try {
      return Installation.ofThisProcess().effective(config);
    } catch (BadConfiguration e) {
      throw new CommandFailed(ExitCode.USAGE, e.getMessage());
    }
  }

  private EffectiveConfiguration wanted(EffectiveConfiguration all) throws CommandFailed {
    if (job.isPresent() && !all.jobs().contains(job.get())) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "no job '" + job.get() + "' in " + all.file() + "; there are " + all.jobs());
    }
    return job.map(all::of).orElse(all);
  }

  private static ObjectNode json(EffectiveConfiguration shown) {
    JsonMapper mapper = JsonMapper.shared();
    ObjectNode body = mapper.createObjectNode();
    body.put("file", shown.file().toString());
    ArrayNode settings = body.putArray("settings");
    for (EffectiveConfiguration.Setting setting : shown.settings()) {
      ObjectNode entry = settings.addObject();
      entry.put("key", setting.key());
      setting.job().ifPresent(name -> entry.put("job", name));
      entry.set("value", mapper.readTree(setting.value()));
      entry.put("origin", setting.origin());
      entry.put("masked", setting.masked());
    }
    return body;
  }
}
