package io.savepointd.app;

import io.savepointd.config.Settings;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * The keys that can't change while the daemon runs, since storage, ledger and socket are opened by
 * them. Whatever isn't known to be taken on the way is one of them.
 */
final class RestartOnly {
  private static final Set<String> TAKEN =
      Set.of("file", "watchInterval", "savepointWait", "clusters", "jobs", "warnings");

  private RestartOnly() {}

  /** Those that differ, such as {@code storage.root}; empty if none does. */
  static List<String> changed(Settings before, Settings next) {
    List<String> keys = new ArrayList<>();
    for (RecordComponent block : Settings.class.getRecordComponents()) {
      Object was = value(block, before);
      Object is = value(block, next);
      if (!TAKEN.contains(block.getName()) && !Objects.equals(was, is)) {
        RecordComponent[] members = block.getType().getRecordComponents();
        if (members == null) {
          keys.add(key(block));
        } else {
          for (RecordComponent member : members) {
            if (!Objects.equals(value(member, was), value(member, is))) {
              keys.add(key(block) + "." + key(member));
            }
          }
        }
      }
    }
    return keys;
  }

  private static Object value(RecordComponent component, Object of) {
    try {
      return component.getAccessor().invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a public record refuses " + component, e);
    }
  }

  /** Keys are written with hyphens in the file. */
  private static String key(RecordComponent component) {
    return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
