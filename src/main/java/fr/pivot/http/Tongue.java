package fr.pivot.http;

import fr.pivot.referential.Text;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How sentences, days and numbers are written in the language of a reader.
 *
 * @param language {@code fr} or {@code en}
 */
public record Tongue(String language) {

  private static final Pattern BEFORE_SIGN = Pattern.compile(" (?=[:;?!»%])");
  private static final Pattern AFTER_QUOTE = Pattern.compile("« ");
  private static final DateTimeFormatter FRENCH =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.FRENCH);
  private static final DateTimeFormatter ENGLISH =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

  /** Whether it is English. */
  public boolean isEnglish() {
    return language.equals("en");
  }

  /** One of two sentences. French signs that want a space before them get one that holds. */
  public String say(String fr, String en) {
    return isEnglish() ? en : french(fr);
  }

  /** A sentence in the language. */
  public String say(Text text) {
    return say(text.fr(), text.en());
  }

  /** A French text with spaces that hold before signs that want one. */
  public static String french(String text) {
    return AFTER_QUOTE
        .matcher(BEFORE_SIGN.matcher(text).replaceAll("\u00a0"))
        .replaceAll("«\u00a0");
  }

  /** A day in words: {@code 1er janvier 2018}. */
  public String day(LocalDate day) {
    if (isEnglish()) {
      return ENGLISH.format(day);
    }
    String text = FRENCH.format(day);
    return day.getDayOfMonth() == 1 ? "1er" + text.substring(1) : text;
  }

  /** A number, its digits in groups. */
  public String number(long number) {
    return NumberFormat.getIntegerInstance(isEnglish() ? Locale.ENGLISH : Locale.FRENCH)
        .format(number);
  }
}
