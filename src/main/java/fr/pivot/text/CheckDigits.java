package fr.pivot.text;

/**
 * The formulas by which the last digit of a number proves the others. Every method takes the digits
 * without spaces and answers false for anything else than ASCII digits of the right length.
 */
public final class CheckDigits {

  /** The SIREN of La Poste, whose establishments follow a rule of their own. */
  private static final String LA_POSTE = "356000000";

  /** The head office of La Poste, which is older than that rule. */
  private static final String LA_POSTE_HEAD_OFFICE = "35600000000048";

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
   * too. For an establishment of La Poste (SIREN 356000000) other than its head office, the digits
   * sum to a multiple of five instead, whatever Luhn's formula says.
   */
  public static boolean isSiret(String digits) {
    if (digits.length() != 14 || !isDigits(digits) || !isLuhn(digits.substring(0, 9))) {
      return false;
    }
    return digits.startsWith(LA_POSTE) && !digits.equals(LA_POSTE_HEAD_OFFICE)
        ? sum(digits) % 5 == 0
        : isLuhn(digits);
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

  /**
   * Whether these are the thirteen characters of a French social security number (NIR) followed by
   * the two digits of its key.
   *
   * @see #nirKey
   */
  public static boolean isNir(String number) {
    return number.length() == 15
        && isNirBody(number.substring(0, 13))
        && isDigits(number.substring(13))
        && Integer.parseInt(number.substring(13)) == nirKey(number.substring(0, 13));
  }

  /**
   * The key of the thirteen characters of a NIR: 97 less their remainder modulo 97, so from 1 to
   * 97. Corsica's {@code 2A} and {@code 2B} count as 19 and 18 (decree 82-103 of 22 January 1982;
   * INSEE, <i>Numéro de sécurité sociale</i>, definition c1409).
   */
  public static int nirKey(String thirteen) {
    if (thirteen.length() != 13 || !isNirBody(thirteen)) {
      throw new IllegalArgumentException("the thirteen characters of a NIR expected");
    }
    String digits =
        switch (thirteen.charAt(6)) {
          case 'A' -> thirteen.substring(0, 5) + "19" + thirteen.substring(7);
          case 'B' -> thirteen.substring(0, 5) + "18" + thirteen.substring(7);
          default -> thirteen;
        };
    return 97 - (int) (Long.parseLong(digits) % 97);
  }

  private static boolean isNirBody(String thirteen) {
    return isDigits(thirteen)
        || (isDigits(thirteen.substring(0, 6))
            && thirteen.charAt(5) == '2'
            && (thirteen.charAt(6) == 'A' || thirteen.charAt(6) == 'B')
            && isDigits(thirteen.substring(7)));
  }

  /**
   * Whether this is an international bank account number in its electronic form: two capital
   * letters, two digits, and eleven to thirty capital letters and digits (fifteen is the shortest
   * in the registry), which prove themselves modulo 97: with the first four characters moved to the
   * end and letters counted as 10 to 35, the remainder is 1 (ISO 13616-1:2020, 5 and 6; ISO/IEC
   * 7064, MOD 97-10).
   */
  public static boolean isIban(String number) {
    int length = number.length();
    if (length < 15 || length > 34 || !isDigits(number.substring(2, 4))) {
      return false;
    }
    int remainder = 0;
    for (int i = 0; i < length; i++) {
      char c = number.charAt((i + 4) % length);
      boolean letter = c >= 'A' && c <= 'Z';
      if (!letter && (c < '0' || c > '9' || i >= length - 4 && i < length - 2)) {
        return false;
      }
      remainder = letter ? (remainder * 100 + c - 'A' + 10) % 97 : (remainder * 10 + c - '0') % 97;
    }
    return remainder == 1;
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
