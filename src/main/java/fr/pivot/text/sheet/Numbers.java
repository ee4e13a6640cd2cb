package fr.pivot.text.sheet;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.poi.ss.usermodel.DateUtil;

/** Writes the numbers of spreadsheets as a person reads them. */
final class Numbers {

  /** What spreadsheets show of a binary fraction. */
  private static final MathContext SHOWN = new MathContext(15);

  /** A format of nothing but digits that are always shown, perhaps in groups. */
  private static final Pattern ZEROS =
      Pattern.compile("(0|\\\\?[ \\u00A0\\u202F-]|\"[ \\u00A0\\u202F]\"){2,60}(;@)?");

  /** No number of a spreadsheet has as many digits; written out, it would fill the memory. */
  private static final long MAX_DIGITS = 400;

  private Numbers() {}

  /**
   * The text of a number.
   *
   * @param formatId the number of the cell's format, among those that come with spreadsheets; -1
   *     where it has none
   * @param format the cell's format; empty where it has none
   * @param since1904 whether days are counted from 1904, as on old Macintoshes, instead of 1900
   */
  static String write(BigDecimal number, int formatId, String format, boolean since1904) {
    if (Math.abs((long) number.precision() - number.scale()) > MAX_DIGITS
        || Math.abs((long) number.scale()) > MAX_DIGITS) {
      return number.round(SHOWN).toString();
    }
    if (number.signum() >= 0 && DateUtil.isADateFormat(formatId, format)) {
      Optional<String> date = date(number.doubleValue(), since1904);
      if (date.isPresent()) {
        return date.get();
      }
    }
    BigDecimal shown = number.round(SHOWN);
    String text = shown.signum() == 0 ? "0" : shown.stripTrailingZeros().toPlainString();
    if (number.signum() >= 0 && text.indexOf('.') < 0 && ZEROS.matcher(format).matches()) {
      int digits = (int) format.chars().filter(c -> c == '0').count();
      return "0".repeat(Math.max(0, digits - text.length())) + text;
    }
    return text;
  }

  private static Optional<String> date(double days, boolean since1904) {
    try {
      LocalDateTime time = DateUtil.getLocalDateTime(days, since1904, true);
      if (time == null) {
        return Optional.empty();
      }
      return Optional.of(
          time.toLocalTime().equals(LocalTime.MIDNIGHT)
              ? time.toLocalDate().toString()
              : time.toString());
    } catch (DateTimeException beyondCalendars) {
      return Optional.empty();
    }
  }
}
