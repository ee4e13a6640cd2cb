package fr.pivot.validation;

import fr.pivot.codebook.Codebook;
import fr.pivot.finding.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One way to read a value as a code, and the damage that has to be undone for it.
 *
 * @param text the code that would be meant
 * @param damage what would have happened to it; null where the value is read as it stands
 */
record Reading(String text, @Nullable Rule damage) {

  /** How many zeros a spreadsheet may have taken from the beginning of a code. */
  private static final int MOST_ZEROS = 3;

  /** What stands for nothing in the cells of real files, folded to capitals. */
  private static final List<String> PLACEHOLDERS =
      List.of(
          "NULL",
          "NONE",
          "NAN",
          "N/A",
          "#N/A",
          "NA",
          "N.A.",
          "ND",
          "N.D.",
          "NC",
          "N.C.",
          "NR",
          "N.R.",
          "NSP",
          "AUCUN",
          "AUCUNE",
          "NEANT",
          "NÉANT",
          "SANS",
          "SANS OBJET",
          "INCONNU",
          "INCONNUE",
          "NON RENSEIGNE",
          "NON RENSEIGNÉ",
          "VIDE",
          "#REF!",
          "#VALUE!",
          "#VALEUR!",
          "#NOM?",
          "#NAME?",
          "#DIV/0!",
          "UNDEFINED",
          "UNKNOWN",
          "(NULL)",
          "(VIDE)");

  /**
   * The ways to read a value, the least damaged first: as it stands; without blanks, quotes and
   * invisible characters; without the decimals of a number; in capitals.
   */
  static List<Reading> listPlain(String value) {
    List<Reading> list = new ArrayList<>(4);
    list.add(new Reading(value, null));
    String text = strip(value);
    if (!text.equals(value)) {
      list.add(new Reading(text, Rule.STRAY_CHARACTERS));
    }
    String dense = squeeze(text);
    if (!dense.equals(text)) {
      list.add(new Reading(dense, Rule.STRAY_CHARACTERS));
    }
    String whole = withoutDecimals(dense);
    if (!whole.equals(dense)) {
      list.add(new Reading(whole, Rule.STORED_AS_NUMBER));
    }
    String capitals = whole.toUpperCase(Locale.ROOT);
    if (!capitals.equals(whole)) {
      list.add(new Reading(capitals, Rule.LETTER_CASE));
    }
    return list;
  }

  /** The ways to read a text as a code whose form is damaged. */
  static List<Reading> listRebuilt(String text, @Nullable Codebook codebook) {
    List<Reading> list = new ArrayList<>(4);
    if (codebook != null) {
      Optional<String> canonical = codebook.findCanonical(text);
      if (canonical.isPresent() && !canonical.get().equals(text)) {
        list.add(new Reading(canonical.get(), Rule.CODE_PUNCTUATION));
      }
    }
    if (isNumber(text)) {
      for (int zeros = 1; zeros <= MOST_ZEROS; zeros++) {
        list.add(new Reading("0".repeat(zeros) + text, Rule.LOST_LEADING_ZERO));
      }
      if (text.length() > 1 && text.charAt(0) == '0') {
        list.add(new Reading(text.substring(1), Rule.SUPERFLUOUS_ZERO));
      }
      if (isOverseas(text)) {
        list.add(new Reading(text.substring(0, 2) + text.substring(3), Rule.OVERSEAS_FORM));
      }
    }
    return list;
  }

  /**
   * Overseas, a commune has two digits in the code of INSEE and three, of which the first is the
   * last of the département, in the files that write the département on three: 973 353 is 97353.
   */
  private static boolean isOverseas(String text) {
    return text.length() == 6
        && text.charAt(0) == '9'
        && (text.charAt(1) == '7' || text.charAt(1) == '8')
        && text.charAt(2) == text.charAt(3);
  }

  /** Whether a value is a code without its punctuation, as many files write the NAF: 6201Z. */
  static boolean isBare(String value, String code) {
    return value.length() < code.length()
        && value.chars().allMatch(Character::isLetterOrDigit)
        && code.chars().filter(Character::isLetterOrDigit).count() == value.length()
        && value.equals(value.toUpperCase(Locale.ROOT));
  }

  /** Whether a value is one of those that stand in for an empty cell. */
  static boolean isPlaceholder(String value) {
    String text = strip(value).toUpperCase(Locale.ROOT);
    return isRepeated(text) || PLACEHOLDERS.contains(text);
  }

  /** One character over and over: {@code -}, {@code ZZZZZZZZZ}, {@code 99999}, {@code ???}. */
  private static boolean isRepeated(String text) {
    if (text.isEmpty()) {
      return false;
    }
    char first = text.charAt(0);
    boolean sign = !Character.isLetterOrDigit(first);
    if (!sign && (text.length() < 3 || "ZX90".indexOf(first) < 0)) {
      return false;
    }
    return text.chars().allMatch(c -> c == first);
  }

  /** Whether a spreadsheet wrote the value with a power of ten: {@code 2,13E+13}. */
  static boolean isScientific(String value) {
    String text = squeeze(value);
    int at = 0;
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
    boolean digits = at > 0;
    if (at < text.length() && (text.charAt(at) == ',' || text.charAt(at) == '.')) {
      at++;
      while (at < text.length() && isDigit(text.charAt(at))) {
        at++;
      }
    }
    if (!digits || at + 2 > text.length() || Character.toUpperCase(text.charAt(at)) != 'E') {
      return false;
    }
    at++;
    if (text.charAt(at) == '+') {
      at++;
    }
    return at < text.length() && isNumber(text.substring(at)) && text.length() - at <= 3;
  }

  /** Whether there is nothing to be seen in a value. */
  static boolean isBlank(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (!isInvisible(value.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** The value without blanks, quotes and invisible characters around it. */
  static String strip(String value) {
    int from = 0;
    int to = value.length();
    while (from < to && isStray(value.charAt(from))) {
      from++;
    }
    while (to > from && isStray(value.charAt(to - 1))) {
      to--;
    }
    return value.substring(from, to);
  }

  private static String squeeze(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (isStray(value.charAt(i))) {
        StringBuilder dense = new StringBuilder(value.length());
        value.chars().filter(c -> !isStray((char) c)).forEach(c -> dense.append((char) c));
        return dense.toString();
      }
    }
    return value;
  }

  private static String withoutDecimals(String text) {
    int point = Math.max(text.indexOf('.'), text.indexOf(','));
    if (point <= 0 || point == text.length() - 1 || !isNumber(text.substring(0, point))) {
      return text;
    }
    for (int i = point + 1; i < text.length(); i++) {
      if (text.charAt(i) != '0') {
        return text;
      }
    }
    return text.substring(0, point);
  }

  static boolean isNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isStray(char c) {
    return isInvisible(c) || "'\"’‘“”«»`´".indexOf(c) >= 0;
  }

  /** Blanks of every width, control characters, and marks such as U+200E or a byte order mark. */
  private static boolean isInvisible(char c) {
    return c <= ' '
        || c >= 0x7F
            && (Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT);
  }
}
