package io.savepointd.app;

import io.savepointd.admin.StatusBody.JobBody;
import io.savepointd.admin.StatusBody.NewestBody;
import io.savepointd.model.Words;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The one line that {@code systemctl status} shows: what needs somebody first, then what is well.
 * Pure; the line is bounded and has no line breaks.
 */
final class StatusLine {
  private static final Set<String> TROUBLE = Set.of("held", "backoff", "unreachable");
  private static final int LONGEST_DETAIL = 200;
  private static final int LONGEST = 600;
  private static final int NAMED = 3;

  private final ZoneId zone;

  /** With times of day in {@code zone}. */
  StatusLine(ZoneId zone) {
    this.zone = zone;
  }

  /** Of a daemon at work; {@code notice} is a sentence of somebody else's. */
  String atWork(List<JobBody> jobs, Optional<String> notice, Instant now) {
    List<String> parts = new ArrayList<>();
    List<JobBody> troubled = jobs.stream().filter(j -> TROUBLE.contains(j.state())).toList();
    if (!troubled.isEmpty()) {
      parts.add(counts(troubled) + " of " + number(jobs.size()) + ": " + details(troubled));
    }
    notice.ifPresent(parts::add);
    List<JobBody> well = jobs.stream().filter(j -> !TROUBLE.contains(j.state())).toList();
    List<String> good = new ArrayList<>();
    if (!well.isEmpty()) {
      good.add(
          troubled.isEmpty() && states(well).size() == 1
              ? number(well.size()) + " " + well.get(0).state()
              : troubled.isEmpty() ? number(jobs.size()) + ": " + counts(well) : counts(well));
    }
    newest(jobs, now).ifPresent(good::add);
    quarantined(jobs).ifPresent(good::add);
    next(jobs, now).ifPresent(good::add);
    parts.add(String.join(", ", good));
    return line(String.join("; ", parts));
  }

  /** Of a daemon without a term. */
  String idle(Standing standing, Duration again, Optional<String> notice) {
    String why =
        standing instanceof Standing.Standby standby
            ? standby.held() + "; takes over once that one lets go or falls silent"
            : standing.detail(Instant.EPOCH) + "; tried again every " + Words.of(again);
    return line(
        standing.word() + ": " + cut(why, LONGEST / 2) + notice.map(n -> "; " + n).orElse(""));
  }

  /** Any text as one line that isn't too long. */
  static String line(String text) {
    return cut(text.replaceAll("\\s*\\R\\s*", " ").replaceAll("\\p{Cntrl}", " ").strip(), LONGEST);
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }

  private static String number(int jobs) {
    return jobs + (jobs == 1 ? " job" : " jobs");
  }

  private static Map<String, Long> states(List<JobBody> jobs) {
    return jobs.stream()
        .collect(Collectors.groupingBy(JobBody::state, TreeMap::new, Collectors.counting()));
  }

  private static String counts(List<JobBody> jobs) {
    return states(jobs).entrySet().stream()
        .map(e -> e.getValue() + " " + e.getKey())
        .collect(Collectors.joining(", "));
  }

  private static String details(List<JobBody> troubled) {
    String named =
        troubled.stream()
            .limit(NAMED)
            .map(j -> j.name() + ": " + cut(j.detail(), LONGEST_DETAIL))
            .collect(Collectors.joining("; "));
    int more = troubled.size() - NAMED;
    return more > 0 ? named + "; and " + more + " more" : named;
  }

  /** Of several jobs the range: the oldest of the newest is the one to watch. */
  private static Optional<String> newest(List<JobBody> jobs, Instant now) {
    List<Duration> ages =
        jobs.stream()
            .flatMap(j -> j.newestSavepoint().stream())
            .map(NewestBody::takenAt)
            .map(taken -> Duration.between(taken, now))
            .sorted()
            .toList();
    if (ages.isEmpty()) {
      return Optional.of("no savepoint yet");
    }
    String young = age(ages.get(0));
    String old = age(ages.get(ages.size() - 1));
    long without = jobs.stream().filter(j -> j.newestSavepoint().isEmpty()).count();
    return Optional.of(
        (young.equals(old)
                ? "newest savepoint " + young + " ago"
                : "newest savepoints " + young + " to " + old + " ago")
            + (without > 0 ? ", none yet of " + number((int) without) : ""));
  }

  /** Whole minutes, so that the line changes no more often. */
  private static String age(Duration age) {
    return age.toMinutes() < 1 ? "<1m" : Words.of(Duration.ofMinutes(age.toMinutes()));
  }

  private static Optional<String> quarantined(List<JobBody> jobs) {
    int all = jobs.stream().mapToInt(JobBody::quarantined).sum();
    return all == 0 ? Optional.empty() : Optional.of(all + " quarantined");
  }

  private Optional<String> next(List<JobBody> jobs, Instant now) {
    return jobs.stream()
        .flatMap(j -> j.nextFire().stream())
        .min(Comparator.naturalOrder())
        .map(next -> "next " + time(next.atZone(zone), now.atZone(zone)));
  }

  private static String time(ZonedDateTime time, ZonedDateTime now) {
    boolean today = time.toLocalDate().equals(now.toLocalDate());
    return time.truncatedTo(ChronoUnit.SECONDS)
        .format(DateTimeFormatter.ofPattern(today ? "HH:mm:ss" : "uuuu-MM-dd HH:mm:ss"));
  }
}
