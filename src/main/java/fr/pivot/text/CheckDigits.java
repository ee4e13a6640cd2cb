package fr.pivot.text;

/**
 * The formulas by which the last digit of a number proves the others. Every method takes the digits
 * without spaces and answers false for anything else than ASCII digits of the right length.
 */
public final class CheckDigits {

  /** The SIREN of La Poste, whose establishments follow a rule of their own. */
  private static final String LA_POSTE = "356000000";

  private static final int[] CPV_WEIGHTS = {3, 7, 1, 3, 7, 1, 3, 7};

  private CheckDigits() {}

  /**
   * Whether the digits pass Luhn's formula (ISO/IEC 7812-1): every second digit from the right is
   * doubled, the digits of the results are added, and the sum is a multiple of ten.
   */
  public static boolean isLuhn(String digits) {
    return isDigits(digits) && luhnSum(digits) % 10 == 0;
  }

  /** The digit which, written after those given, makes them pass Luhn's formula. */
  public static int luhnDigit(String digits) {
    requireDigits(digits);
    return (10 - luhnSum(digits + "0") % 10) % 10;
  }

  /** Whether these are nine digits that pass Luhn's formula: what a SIREN looks like. */
  public static boolean isSiren(String digits) {
    return digits.length() == 9 && isLuhn(digits);
  }

  /**
   * Whether these are fourteen digits of which the first nine pass Luhn's formula, and all of them
   * too; or an establishment of La Poste (SIREN 356000000), whose digits sum to a multiple of five.
   */
  public static boolean isSiret(String digits) {
    if (digits.length() != 14 || !isDigits(digits) || !isLuhn(digits.substring(0, 9))) {
      return false;
    }
    return isLuhn(digits) || (digits.startsWith(LA_POSTE) && sum(digits) % 5 == 0);
  }

  /**
   * The ninth digit of an eight-digit code of the Common Procurement Vocabulary: the digits
   * weighted 3, 7, 1, 3, 7, 1, 3, 7 from the left, modulo ten.
   *
   * <p>Regulation (EC) No 213/2008 does not keep to its own formula: some 530 of its 9,454 codes
   * (03300000-2 among them, which should end in 4) carry another digit, and that is the official
   * one. A digit that differs from this one is therefore suspect, not wrong.
   */
  public static int cpvDigit(String digits) {
    if (digits.length() != CPV_WEIGHTS.length) {
      throw new IllegalArgumentException("eight digits expected: " + digits);
    }
    requireDigits(digits);
    int sum = 0;
    for (int i = 0; i < CPV_WEIGHTS.length; i++) {
      sum += CPV_WEIGHTS[i] * (digits.charAt(i) - '0');
    }
    return sum % 10;
  }

  private static int luhnSum(String digits) {
    int sum = 0;
    boolean doubled = false;
    for (int i = digits.length() - 1; i >= 0; i--) {
      int digit = digits.charAt(i) - '0';
      if (doubled) {
        digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
      }
      sum += digit;
      doubled = !doubled;
    }
    return sum;
  }

  private static int sum(String digits) {
    return digits.chars().map(c -> c - '0').sum();
  }

  private static boolean isDigits(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static void requireDigits(String text) {
    if (!isDigits(text)) {
      throw new IllegalArgumentException("digits expected: " + text);
    }
  }
}
