package fr.pivot.validation.value;

import fr.pivot.finding.Rule;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Misread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One way to read a value as a code, and the damage that has to be undone for it.
 *
 * @param text the code that would be meant
 * @param damage what would have happened to it; null where the value is read as it stands
 */
public record Reading(String text, @Nullable Rule damage) {

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
   * invisible characters; without the decimals of a number, or its power of ten; in capitals.
   */
  public static List<Reading> listPlain(String value) {
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
    String whole = withoutDecimals(withoutPower(dense));
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
  public static List<Reading> listRebuilt(String text, @Nullable Codes codes) {
    return Misread.list(text, codes).stream()
        .map(misread -> new Reading(misread.code(), misread.damage()))
        .toList();
  }

  /** Whether a value is a code without its punctuation, as many files write the NAF: 6201Z. */
  public static boolean isBare(String value, String code) {
    return value.length() < code.length()
        && value.chars().allMatch(Character::isLetterOrDigit)
        && code.chars().filter(Character::isLetterOrDigit).count() == value.length()
        && value.equals(value.toUpperCase(Locale.ROOT));
  }

  /** Whether a value is one of those that stand in for an empty cell. */
  public static boolean isPlaceholder(String value) {
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

  /**
   * A number with a power of ten, as programs write it: {@code 2,13E+13}, {@code 2.13E13}.
   *
   * @param digits its digits, without the point
   * @param power how many digits it has before the point once it is written out
   */
  private record Power(String digits, int power) {

    private static final Pattern FORM =
        Pattern.compile("(\\d+)(?:[.,](\\d*))?[Ee](\\+?)(\\d{1,3})");

    /** Reads a number with a power; null where the text is none. */
    static @Nullable Power read(String text) {
      if (text.length() > CodeForm.LONGEST || text.indexOf('E') < 0 && text.indexOf('e') < 0) {
        return null;
      }
      Matcher form = FORM.matcher(text);
      // Whoever leaves out the sign writes the point: 12E3 may be a code.
      if (!form.matches() || form.group(2) == null && form.group(3).isEmpty()) {
        return null;
      }
      String decimals = form.group(2) == null ? "" : form.group(2);
      return new Power(
          form.group(1) + decimals, form.group(1).length() + Integer.parseInt(form.group(4)));
    }
  }

  /** Whether a spreadsheet wrote the value with a power of ten: {@code 2,13E+13}. */
  public static boolean isScientific(String value) {
    return Power.read(squeeze(value)) != null;
  }

  /** The number written out, where all its digits are there: {@code 3.5338402700036E13}. */
  private static String withoutPower(String text) {
    Power power = Power.read(text);
    return power != null && power.digits().length() == power.power() ? power.digits() : text;
  }

  /** Whether there is nothing to be seen in a value. */
  public static boolean isBlank(String value) {
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

  /** Whether a text is nothing but a number. */
  public static boolean isNumber(String text) {
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
