package io.savepointd.doctor;

import java.util.List;
import java.util.function.Predicate;

/** All verdicts, in the order of the checks. */
public record Report(List<Line> lines) {
  /** Copies the lines. */
  public Report {
    lines = List.copyOf(lines);
  }

  /** How many are as they should be. */
  public long ok() {
    return count(Verdict.Ok.class::isInstance);
  }

  /** How many warnings there are. */
  public long warnings() {
    return count(Verdict.Warn.class::isInstance);
  }

  /** How many have failed. */
  public long failed() {
    return count(Verdict.Failed.class::isInstance);
  }

  /** How many weren't looked at. */
  public long skipped() {
    return count(Verdict.Skipped.class::isInstance);
  }

  /** Whether the configuration couldn't be read, so that hardly anything was looked at. */
  public boolean refused() {
    return lines.stream()
        .anyMatch(
            line ->
                line.check().equals(ConfigurationCheck.NAME)
                    && line.verdict() instanceof Verdict.Failed);
  }

  private long count(Predicate<Verdict> kind) {
    return lines.stream().map(Line::verdict).filter(kind).count();
  }

  /** Such as {@code 11 ok, 1 warning, 0 failed}. */
  public String summary() {
    return ok()
        + " ok, "
        + warnings()
        + (warnings() == 1 ? " warning, " : " warnings, ")
        + failed()
        + " failed"
        + (skipped() == 0 ? "" : ", " + skipped() + " skipped");
  }
}
