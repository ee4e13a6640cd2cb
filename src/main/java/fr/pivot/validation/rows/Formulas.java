package fr.pivot.validation.rows;

/**
 * Fields that spreadsheets take for formulas (CSV injection, OWASP): they begin with {@code = +
 * - @}, a tab or a carriage return, and are no signed numbers.
 */
final class Formulas {

  private Formulas() {}

  static boolean isFormula(byte[] bytes, int from, int to) {
    byte first = bytes[from];
    return switch (first) {
      case '=', '@', '\t', '\r' -> to - from > 1;
      case '+', '-' -> to - from > 1 && !isNumber(bytes, from + 1, to);
      default -> false;
    };
  }

  /** Digits with what stands between them in numbers, dates, telephone numbers and ranges. */
  private static boolean isNumber(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at++) {
      byte b = bytes[at];
      boolean part =
          b >= '0' && b <= '9'
              || b == '.'
              || b == ','
              || b == ' '
              || b == 'e'
              || b == 'E'
              || b == '%'
              || b == '-'
              || b < 0;
      if (!part) {
        return false;
      }
    }
    return true;
  }
}
