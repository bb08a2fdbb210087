package io.savepointd.job;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads the program's arguments. */
final class Arguments {
  private static final List<String> COMMON =
      List.of("--source", "--parallelism", "--emit", "--sink", "--results");
  private static final List<String> SOCKET = List.of("--host", "--port");
  private static final List<String> SEQUENCE = List.of("--count", "--rate", "--keys");

  private Arguments() {}

  /**
   * Help if it is asked for anywhere, otherwise the settings.
   *
   * @throws ArgumentException naming the first argument that is wrong
   */
  static Invocation parse(String[] args) {
    List<String> list = List.of(args);
    if (list.contains("--help")) {
      return new Invocation.Help();
    }
    List<String> known = new ArrayList<>(COMMON);
    known.addAll(SOCKET);
    known.addAll(SEQUENCE);
    ArgumentMap map = ArgumentMap.split(list, known);
    return new Invocation.Submit(
        new JobSettings(
            input(map),
            parallelism(map),
            map.choice("--emit", Emit.RUNNING),
            map.choice("--sink", SinkKind.PRINT),
            map.text("--results")));
  }

  private static InputSettings input(ArgumentMap map) {
    return switch (map.choice("--source", SourceKind.SOCKET)) {
      case SOCKET -> {
        refuse(map, SEQUENCE, "sequence");
        yield new InputSettings.SocketInput(
            map.text("--host").orElse("localhost"),
            Math.toIntExact(map.number("--port", 1, 65_535).orElse(9_999)));
      }
      case SEQUENCE -> {
        refuse(map, SOCKET, "socket");
        OptionalLong rate = map.number("--rate", 0, 1_000_000_000);
        yield new InputSettings.SequenceInput(
            map.number("--count", 1, Long.MAX_VALUE),
            rate.orElse(0) == 0 ? OptionalLong.empty() : rate,
            map.number("--keys", 1, Long.MAX_VALUE).orElse(10));
      }
    };
  }

  private static OptionalInt parallelism(ArgumentMap map) {
    OptionalLong given = map.number("--parallelism", 1, EnvironmentSetup.MAX_PARALLELISM);
    return given.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(Math.toIntExact(given.getAsLong()));
  }

  private static void refuse(ArgumentMap map, List<String> names, String source) {
    for (String name : names) {
      if (map.has(name)) {
        throw new ArgumentException("Argument " + name + " needs --source " + source);
      }
    }
  }
}
