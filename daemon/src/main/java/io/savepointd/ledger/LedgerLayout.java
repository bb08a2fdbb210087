package io.savepointd.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the files of a ledger's directory are to each other: the newest snapshot, the segments after
 * it, and what is covered by the snapshot or was never finished.
 *
 * @param snapshot the number up to which the newest snapshot covers the segments; 0 without one
 * @param segments numbers of the segments after the snapshot, without a gap, ascending
 * @param leftovers names of files that mean nothing any more
 */
record LedgerLayout(long snapshot, List<Long> segments, List<String> leftovers) {
  private static final Pattern SEGMENT = Pattern.compile("(\\d{10,18})\\.jsonl");
  private static final Pattern SNAPSHOT = Pattern.compile("snapshot-(\\d{10,18})\\.jsonl");
  private static final Pattern UNFINISHED =
      Pattern.compile("snapshot-\\d{10,18}\\.jsonl\\..*tmp|probe-.+\\.tmp");

  LedgerLayout {
    segments = List.copyOf(segments);
    leftovers = List.copyOf(leftovers);
  }

  static LedgerLayout of(Collection<String> names) throws LedgerUnreadable {
    refuseTwins(names);
    SortedSet<Long> snapshots = numbers(SNAPSHOT, names);
    long snapshot = snapshots.isEmpty() ? 0 : snapshots.last();
    SortedSet<Long> all = numbers(SEGMENT, names);
    List<Long> segments = new ArrayList<>(all.tailSet(snapshot + 1));
    for (int i = 0; i < segments.size(); i++) {
      if (segments.get(i) != snapshot + 1 + i) {
        throw new LedgerUnreadable(
            segmentName(snapshot + 1 + i),
            1,
            "the segment is missing, though later ones are there; nothing is done until it is"
                + " put back");
      }
    }
    List<String> leftovers = new ArrayList<>();
    all.headSet(snapshot + 1).forEach(n -> leftovers.add(segmentName(n)));
    snapshots.headSet(snapshot).forEach(n -> leftovers.add(snapshotName(n)));
    names.stream().filter(UNFINISHED.asMatchPredicate()).sorted().forEach(leftovers::add);
    return new LedgerLayout(snapshot, segments, leftovers);
  }

  /** The segments and snapshots among these names, finished or not, whatever they are worth. */
  static List<String> filesAmong(Collection<String> names) {
    return names.stream()
        .filter(
            SEGMENT
                .asMatchPredicate()
                .or(SNAPSHOT.asMatchPredicate())
                .or(UNFINISHED.asMatchPredicate()))
        .sorted()
        .toList();
  }

  /** The highest number that a segment or snapshot bears, gaps or not; 0 without any. */
  static long highest(Collection<String> names) {
    SortedSet<Long> all = numbers(SEGMENT, names);
    all.addAll(numbers(SNAPSHOT, names));
    return all.isEmpty() ? 0 : all.last();
  }

  /** The highest number in use; 0 on a ledger that has never been opened. */
  long last() {
    return snapshot + segments.size();
  }

  /** The same without the segments from {@code number} on, and without leftovers. */
  LedgerLayout below(long number) {
    return new LedgerLayout(
        snapshot, segments.stream().filter(n -> n < number).toList(), List.of());
  }

  /** Those of the leftovers that a snapshot stands for; others might still be written to. */
  List<String> covered() {
    return leftovers.stream().filter(UNFINISHED.asMatchPredicate().negate()).toList();
  }

  static String segmentName(long number) {
    return String.format("%010d.jsonl", number);
  }

  static String snapshotName(long number) {
    return "snapshot-" + segmentName(number);
  }

  /** Where {@code writer}, a name that nobody else uses, puts the snapshot until it is complete. */
  static String unfinishedSnapshotName(long number, String writer) {
    return snapshotName(number) + "." + writer + ".tmp";
  }

  private static SortedSet<Long> numbers(Pattern pattern, Collection<String> names) {
    SortedSet<Long> numbers = new TreeSet<>();
    for (String name : names) {
      Matcher matcher = pattern.matcher(name);
      if (matcher.matches()) {
        numbers.add(Long.parseLong(matcher.group(1)));
      }
    }
    return new TreeSet<>(numbers.tailSet(1L)); // none is ever numbered 0
  }

  /**
   * A number has one name. Another way of writing it, such as a copy made by hand, might hold what
   * the file of the right name has lost, or be taken for it.
   */
  private static void refuseTwins(Collection<String> names) throws LedgerUnreadable {
    for (String name : names) {
      Matcher segment = SEGMENT.matcher(name);
      Matcher snapshot = SNAPSHOT.matcher(name);
      String right =
          segment.matches()
              ? segmentName(Long.parseLong(segment.group(1)))
              : snapshot.matches() ? snapshotName(Long.parseLong(snapshot.group(1))) : name;
      if (!name.equals(right)) {
        throw new LedgerUnreadable(
            name,
            1,
            "the name means the same as "
                + right
                + ", and only that is ever written; nothing is done until the file that isn't the"
                + " ledger's is moved away");
      }
    }
  }
}
