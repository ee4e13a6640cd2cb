package fr.pivot.formats;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The year, or the month, that the name of a file or of an edition tells: {@code epcicom2025.xlsx},
 * {@code cog-countries@2025.csv}, {@code 019HexaSmal_2026-01.csv}.
 *
 * @param edition the name of the edition: the year where the month is January, else year and month
 * @param year the year, as yearly referentials name their editions
 * @param day the first day of it
 */
public record Years(String edition, String year, LocalDate day) {

  private static final Pattern MONTH =
      Pattern.compile("(?<!\\d)((?:19|20)\\d\\d)[-_]?(0[1-9]|1[0-2])(?!\\d)");
  private static final Pattern YEAR = Pattern.compile("(?<!\\d)(?:19|20)\\d\\d(?!\\d)");

  /**
   * The year or month of an edition; nothing where the text tells none, or several.
   *
   * @param file the file's name
   * @param given the edition that the caller gives, which wins
   */
  public static Optional<Years> find(String file, @Nullable String given) {
    String text = given == null ? file : given;
    TreeSet<YearMonth> found = new TreeSet<>();
    Matcher month = MONTH.matcher(text);
    while (month.find()) {
      found.add(YearMonth.of(Integer.parseInt(month.group(1)), Integer.parseInt(month.group(2))));
    }
    Matcher year = YEAR.matcher(month.replaceAll(" "));
    while (year.find()) {
      found.add(YearMonth.of(Integer.parseInt(year.group()), 1));
    }
    if (found.size() != 1) {
      return Optional.empty();
    }
    YearMonth only = found.first();
    String number = Integer.toString(only.getYear());
    return Optional.of(
        new Years(only.getMonthValue() == 1 ? number : only.toString(), number, only.atDay(1)));
  }
}
