package fr.pivot.search;

/** How far apart two spellings are. */
public final class SpellingDistance {

  private SpellingDistance() {}

  /**
   * How many letters must be put in, left out, changed or swapped with their neighbour to make one
   * text of another, each place being touched once (optimal string alignment).
   */
  public static int between(String a, String b) {
    int[][] rows = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          rows[i][j] = i + j;
          continue;
        }
        int change = rows[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(change, 1 + Math.min(rows[i - 1][j], rows[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          best = Math.min(best, 1 + rows[i - 2][j - 2]);
        }
        rows[i][j] = best;
      }
    }
    return rows[a.length()][b.length()];
  }
}
