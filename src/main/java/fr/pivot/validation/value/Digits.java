package fr.pivot.validation.value;

/** Luhn's formula over the bytes of a field, without making a text of it. */
public final class Digits {

  /** What a digit counts for where it is doubled. */
  private static final int[] DOUBLED = {0, 2, 4, 6, 8, 1, 3, 5, 7, 9};

  private Digits() {}

  /**
   * Whether a field holds just so many digits, and they prove each other: all of them, and the
   * first nine of a SIRET. What is not proved here may still be right by another rule.
   */
  public static boolean prove(byte[] bytes, int from, int to, int digits, boolean siret) {
    if (from < 0 || to - from != digits) {
      return false;
    }
    return siret
        ? isLuhn(bytes, from, from + 9) && isLuhn(bytes, from, to)
        : isLuhn(bytes, from, to);
  }

  private static boolean isLuhn(byte[] bytes, int from, int to) {
    int sum = 0;
    boolean doubled = false;
    for (int at = to - 1; at >= from; at--) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9) {
        return false;
      }
      sum += doubled ? DOUBLED[digit] : digit;
      doubled = !doubled;
    }
    return sum % 10 == 0;
  }
}
