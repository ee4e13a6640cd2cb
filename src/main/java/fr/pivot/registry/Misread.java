package fr.pivot.registry;

import fr.pivot.finding.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a damaged code may have been: the one place that says how people and spreadsheets change the
 * form of codes. Whether the code exists is for who asks to find out.
 *
 * @param code the code that may be meant
 * @param damage what would have happened to it
 */
public record Misread(String code, Rule damage) {

  /** How many zeros a spreadsheet may have taken from the beginning of a code. */
  private static final int MOST_ZEROS = 3;

  /** How many digits a spreadsheet shows at most of a number that it writes with a power of ten. */
  private static final int MOST_SHOWN = 6;

  /** From how many zeros at its end on a number may be one that was rounded. */
  private static final int FEWEST_LOST = 5;

  /**
   * The codes that a text may have been, the likeliest first.
   *
   * @param codes the codes that there are; null where none are loaded
   */
  public static List<Misread> list(String text, @Nullable Codes codes) {
    List<Misread> list = new ArrayList<>(4);
    if (codes != null) {
      Optional<String> canonical = codes.findCanonical(text);
      if (canonical.isPresent() && !canonical.get().equals(text)) {
        list.add(new Misread(canonical.get(), Rule.CODE_PUNCTUATION));
      }
    }
    if (isNumber(text)) {
      for (int zeros = 1; zeros <= MOST_ZEROS; zeros++) {
        list.add(new Misread("0".repeat(zeros) + text, Rule.LOST_LEADING_ZERO));
      }
    }
    if (isPadded(text)) {
      list.add(new Misread(text.substring(1), Rule.SUPERFLUOUS_ZERO));
    }
    if (isNumber(text) && isOverseas(text)) {
      list.add(new Misread(text.substring(0, 2) + text.substring(3), Rule.OVERSEAS_FORM));
    }
    return list;
  }

  /** A zero before a number, or before what begins as one: 013, 02A. */
  private static boolean isPadded(String text) {
    return text.length() > 1
        && text.charAt(0) == '0'
        && isDigit(text.charAt(1))
        && text.chars().allMatch(c -> isDigit((char) c) || c >= 'A' && c <= 'Z');
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

  /**
   * Whether a number looks as if a spreadsheet had shown it with a power of ten and it had been
   * read from there: 3,51816E+13 comes back as 35181600000000.
   */
  public static boolean isRounded(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '0') {
      end--;
    }
    return end > 0 && end <= MOST_SHOWN && text.length() - end >= FEWEST_LOST && isNumber(text);
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> isDigit((char) c));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
