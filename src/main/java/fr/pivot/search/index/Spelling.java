package fr.pivot.search.index;

/**
 * How many letters must change to make one text of another: one inserted, left out, replaced, or
 * two neighbours swapped (optimal string alignment). A pattern is prepared once and held against
 * many texts.
 *
 * <p>Up to 64 letters the whole column of the table is one machine word (H. Hyyrö, <i>A bit-vector
 * algorithm for computing Levenshtein and Damerau edit distances</i>, 2003); longer patterns are
 * computed cell by cell.
 */
public final class Spelling {

  /** A letter set has a bit for one and another for two of each letter. */
  private static final int LETTERS = 26;

  /** Up to so many changes it is worth while to look ahead. */
  private static final int FEW = 3;

  private final String pattern;
  private final long[] ascii = new long[128];
  private final char[] others;
  private final long[] otherMasks;

  /** Prepares to compare others with a text. */
  public Spelling(String pattern) {
    this.pattern = pattern;
    StringBuilder beyond = new StringBuilder(0);
    for (int i = 0; i < pattern.length(); i++) {
      if (pattern.charAt(i) >= 128 && beyond.indexOf(pattern.substring(i, i + 1)) < 0) {
        beyond.append(pattern.charAt(i));
      }
    }
    others = beyond.toString().toCharArray();
    otherMasks = new long[others.length];
    for (int i = 0; i < Math.min(64, pattern.length()); i++) {
      char c = pattern.charAt(i);
      if (c < 128) {
        ascii[c] |= 1L << i;
      } else {
        otherMasks[beyond.indexOf(String.valueOf(c))] |= 1L << i;
      }
    }
  }

  /** The text that others are compared with. */
  public String pattern() {
    return pattern;
  }

  /** The distance to a text, or any greater number than the most that is asked for. */
  public int distance(String text, int most) {
    char[] letters = text.toCharArray();
    return distance(letters, 0, letters.length, most);
  }

  /** The distance to a part of a text, or any greater number than the most that is asked for. */
  public int distance(char[] text, int from, int to, int most) {
    int length = pattern.length();
    if (length == 0 || from == to || Math.abs(to - from - length) > most) {
      return Math.max(length, to - from);
    }
    return length <= 64 ? inOneWord(text, from, to, most) : cellByCell(text, from, to);
  }

  private int inOneWord(char[] text, int from, int to, int most) {
    long last = 1L << pattern.length() - 1;
    long plus = -1L;
    long minus = 0;
    long diagonal = 0;
    long before = 0;
    int distance = pattern.length();
    // In the middle, most texts are farther away already than they may be.
    int middle = most <= FEW ? (from + to - 1) >>> 1 : to;
    for (int i = from; i < to; i++) {
      long match = match(text[i]);
      long swapped = (~diagonal & match) << 1 & before;
      diagonal = swapped | (match & plus) + plus ^ plus | match | minus;
      long up = minus | ~(diagonal | plus);
      long down = diagonal & plus;
      if ((up & last) != 0) {
        distance++;
      } else if ((down & last) != 0) {
        distance--;
      }
      if (distance - (to - i - 1) > most) {
        return distance;
      }
      up = up << 1 | 1;
      down <<= 1;
      plus = down | ~(diagonal | up);
      minus = up & diagonal;
      before = match;
      if (i == middle && leastFrom(i - from + 1, to - i - 1, most, plus, minus) > most) {
        return most + 1;
      }
    }
    return distance;
  }

  /**
   * The least distance that can come of a column of the table. No more than some changes lead
   * through the cells near its diagonal alone; the rest of the text costs at least as much as it is
   * longer or shorter than the rest of the pattern.
   *
   * @param column how many letters of the text were read
   * @param left how many were not
   * @param plus where a cell is greater by one than the cell above it
   * @param minus where it is less by one
   */
  private int leastFrom(int column, int left, int most, long plus, long minus) {
    int least = Integer.MAX_VALUE;
    int last = Math.min(pattern.length(), column + most);
    for (int row = Math.max(0, column - most); row <= last; row++) {
      long above = row == 64 ? -1L : (1L << row) - 1;
      int cell = column + Long.bitCount(plus & above) - Long.bitCount(minus & above);
      least = Math.min(least, cell + Math.abs(pattern.length() - row - left));
    }
    return least;
  }

  private long match(char c) {
    if (c < 128) {
      return ascii[c];
    }
    for (int i = 0; i < others.length; i++) {
      if (others[i] == c) {
        return otherMasks[i];
      }
    }
    return 0;
  }

  private int cellByCell(char[] text, int from, int to) {
    int width = pattern.length() + 1;
    int[] two = new int[width];
    int[] one = new int[width];
    int[] row = new int[width];
    for (int j = 0; j < width; j++) {
      one[j] = j;
    }
    for (int i = from; i < to; i++) {
      row[0] = i - from + 1;
      for (int j = 1; j < width; j++) {
        boolean same = pattern.charAt(j - 1) == text[i];
        int least = Math.min(one[j - 1] + (same ? 0 : 1), 1 + Math.min(one[j], row[j - 1]));
        if (i > from
            && j > 1
            && pattern.charAt(j - 1) == text[i - 1]
            && pattern.charAt(j - 2) == text[i]) {
          least = Math.min(least, two[j - 2] + 1);
        }
        row[j] = least;
      }
      int[] free = two;
      two = one;
      one = row;
      row = free;
    }
    return one[width - 1];
  }

  /**
   * How many bits the {@linkplain #letters sets of letters} of two texts may differ by that are no
   * more than some changes apart: what makes one longer than the other is letters put in.
   */
  public static int mostApart(int changes, int length, int otherLength) {
    return 2 * changes - Math.abs(length - otherLength);
  }

  /**
   * The letters and digits of a text as a set: a bit says that there is one, another that there are
   * two or more. A letter put in or left out changes one bit at most, another letter in its place
   * two: see {@link #mostApart}.
   */
  public static long letters(CharSequence text) {
    long set = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      long one;
      if (c >= 'a' && c <= 'z') {
        one = 1L << c - 'a';
        set |= (set & one) << LETTERS;
      } else {
        one = 1L << 2 * LETTERS + c % 12;
      }
      set |= one;
    }
    return set;
  }
}
