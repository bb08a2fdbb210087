package io.savepointd.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The word somebody may have meant. */
final class Suggestion {
  private Suggestion() {}

  /** A clause to end a sentence with, empty where no candidate is near. */
  static String clause(String word, Collection<String> candidates) {
    return near(word, candidates).map(s -> "; did you mean '" + s + "'?").orElse("");
  }

  /**
   * The candidate with the fewest letters to add, drop, replace or swap with their neighbour; about
   * one in three letters may be wrong.
   */
  static Optional<String> near(String word, Collection<String> candidates) {
    int bound = 1 + word.length() / 4;
    return candidates.stream()
        .filter(c -> distance(word, c) <= bound && distance(word, c) < c.length())
        .min(
            Comparator.<String>comparingInt(c -> distance(word, c))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** The edit distance with swaps of neighbours, blind to case and to {@code _} for {@code -}. */
  static int distance(String one, String other) {
    String a = plain(one);
    String b = plain(other);
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, a, b, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int cheapest(int[][] cost, String a, String b, int i, int j) {
    int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int best = Math.min(replace, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
