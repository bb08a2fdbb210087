package io.savepointd.storage;

import io.savepointd.model.JobName;
import io.savepointd.model.TriggerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/** What a survey says of a store that is a map: content by path, a directory's with a slash. */
final class FakeSurvey {
  private final String root;
  private final NavigableMap<String, String> entries;
  private final Map<String, Instant> times;
  private final List<Stored> found = new ArrayList<>();

  FakeSurvey(String root, NavigableMap<String, String> entries, Map<String, Instant> times) {
    this.root = root;
    this.entries = entries;
    this.times = times;
  }

  List<Stored> all() {
    for (String entry : children(root + "/")) {
      if (entry.equals(root + "/.savepointd/")) {
        children(entry).stream().filter(own -> own.matches(".*/trash/?")).forEach(this::trash);
      } else if (isDirectory(entry) && JobName.isValid(nameOf(entry))) {
        children(entry).forEach(child -> inJob(new JobName(nameOf(entry)), child));
      } else {
        add(entry, new Stored.Foreign());
      }
    }
    found.sort(Comparator.comparing(Stored::path));
    return List.copyOf(found);
  }

  private void trash(String trash) {
    if (!isDirectory(trash)) {
      add(trash, new Stored.Foreign());
    }
    for (String entry : children(trash)) {
      add(entry, isDirectory(entry) ? new Stored.Tombstone(owner(nameOf(entry))) : foreign());
    }
  }

  private static Stored.Kind foreign() {
    return new Stored.Foreign();
  }

  private static Optional<Stored.Owner> owner(String name) {
    int hyphen = name.length() - 33;
    if (hyphen < 1 || name.charAt(hyphen) != '-') {
      return Optional.empty();
    }
    String job = name.substring(0, hyphen);
    String trigger = name.substring(hyphen + 1);
    return JobName.isValid(job) && TriggerId.isValid(trigger)
        ? Optional.of(new Stored.Owner(new JobName(job), new TriggerId(trigger)))
        : Optional.empty();
  }

  private void inJob(JobName job, String entry) {
    if (!isDirectory(entry) || !TriggerId.isValid(nameOf(entry))) {
      add(entry, new Stored.Foreign());
      return;
    }
    List<String> savepoints =
        children(entry).stream()
            .filter(child -> isDirectory(child) && nameOf(child).startsWith("savepoint-"))
            .map(FakeSurvey::bare)
            .toList();
    boolean checkpoints =
        children(entry).stream()
            .anyMatch(c -> isDirectory(c) && nameOf(c).matches("chk-[0-9]+|shared|taskowned"));
    if (checkpoints && savepoints.isEmpty()) {
      add(entry, new Stored.Checkpoints());
      return;
    }
    Instant latest =
        children(entry).stream()
            .map(times::get)
            .reduce(times.get(entry), (one, other) -> one.isAfter(other) ? one : other);
    TriggerId trigger = new TriggerId(nameOf(entry));
    found.add(new Stored(bare(entry), latest, new Stored.OfTrigger(job, trigger, savepoints)));
  }

  private void add(String entry, Stored.Kind kind) {
    found.add(new Stored(bare(entry), times.get(entry), kind));
  }

  private List<String> children(String directory) {
    return entries.keySet().stream()
        .filter(entry -> entry.startsWith(directory) && !entry.equals(directory))
        .filter(entry -> bare(entry).lastIndexOf('/') == directory.length() - 1)
        .toList();
  }

  private static boolean isDirectory(String entry) {
    return entry.endsWith("/");
  }

  private static String bare(String entry) {
    return isDirectory(entry) ? entry.substring(0, entry.length() - 1) : entry;
  }

  private static String nameOf(String entry) {
    return bare(entry).substring(bare(entry).lastIndexOf('/') + 1);
  }
}
