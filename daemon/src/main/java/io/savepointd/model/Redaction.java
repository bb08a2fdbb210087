package io.savepointd.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Takes the secrets of jobs out of what others say: a program may well quote its arguments in the
 * exception it ends with.
 *
 * @param secrets what is taken out, the longest first
 */
public record Redaction(List<String> secrets) {
  /** Shorter ones are in too many other words; so are {@link #COMMON}. */
  private static final int SHORTEST = 4;

  /** Ends a text that was cut. */
  private static final String CUT = "…";

  private static final Set<String> COMMON = Set.of("true", "false", "null", "none");

  /** Copies the secrets. */
  public Redaction {
    secrets = List.copyOf(secrets);
  }

  /** What these jobs' arguments and Flink settings hold. */
  public static Redaction of(Collection<Job> jobs) {
    return new Redaction(
        jobs.stream()
            .flatMap(job -> Secrets.of(job.args(), job.flinkConfiguration()).stream())
            .filter(secret -> secret.length() >= SHORTEST && !COMMON.contains(secret))
            .distinct()
            .sorted(
                Comparator.comparingInt(String::length)
                    .reversed()
                    .thenComparing(Comparator.naturalOrder()))
            .toList());
  }

  /** The text without them. */
  public String in(String text) {
    String shown = text;
    for (String secret : secrets) {
      shown = withoutBeginning(secret, shown.replace(secret, Secrets.MASK));
    }
    return Secrets.inAddresses(shown);
  }

  /** Long texts are cut, also in the middle of a secret. */
  private static String withoutBeginning(String secret, String text) {
    if (text.contains(CUT)) {
      for (int length = secret.length() - 1; length >= SHORTEST; length--) {
        String beginning = secret.substring(0, length) + CUT;
        if (text.contains(beginning)) {
          return text.replace(beginning, Secrets.MASK + CUT);
        }
      }
    }
    return text;
  }

  @Override
  public String toString() {
    return "Redaction of " + secrets.size();
  }
}
