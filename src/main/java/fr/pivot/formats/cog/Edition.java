package fr.pivot.formats.cog;

import fr.pivot.finding.Findings;
import fr.pivot.finding.Place;
import fr.pivot.finding.Rule;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A millésime of the COG.
 *
 * @param name the year, or what the caller calls it: {@code 2026}
 * @param referenceDate 1 January of the year: the day whose territories the files list
 */
record Edition(String name, LocalDate referenceDate) {

  private static final Pattern ISO_DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern DIGITS = Pattern.compile("\\d+");
  private static final Pattern YEAR = Pattern.compile("(19|20)\\d\\d");
  private static final Pattern DAY_MONTH_YEAR = Pattern.compile("[0-3]\\d[01]\\d((?:19|20)\\d\\d)");
  private static final Pattern YEAR_MONTH_DAY = Pattern.compile("((?:19|20)\\d\\d)[01]\\d[0-3]\\d");

  /**
   * The edition that the names of the files tell ({@code v_commune_2026.csv}, {@code
   * communes-01012019.csv}, {@code France2018.txt}), or the one that the caller gives. Nothing, and
   * a finding, where they tell none or contradict each other.
   */
  static Optional<Edition> find(List<String> files, @Nullable String given, Findings findings) {
    if (given != null) {
      List<Integer> years = List.copyOf(years(given));
      if (years.size() != 1 || ISO_DATE.matcher(given).matches()) {
        findings.add(Rule.UNKNOWN_EDITION.at(new Place(null, 0, null), given));
        return Optional.empty();
      }
      return Optional.of(new Edition(given, LocalDate.of(years.getFirst(), 1, 1)));
    }
    TreeSet<Integer> all = new TreeSet<>();
    boolean unsure = false;
    for (String file : files) {
      TreeSet<Integer> years = years(file);
      if (years.size() != 1) {
        findings.add(Rule.UNKNOWN_EDITION.at(Place.file(file), file));
        unsure = true;
      }
      if (!all.isEmpty() && !years.isEmpty() && !all.containsAll(years)) {
        findings.add(
            Rule.UNKNOWN_EDITION.at(
                Place.file(file), years.first().toString(), all.first().toString()));
        unsure = true;
      }
      all.addAll(years);
    }
    if (unsure || all.isEmpty()) {
      return Optional.empty();
    }
    int year = all.first();
    return Optional.of(new Edition(Integer.toString(year), LocalDate.of(year, 1, 1)));
  }

  private static TreeSet<Integer> years(String text) {
    TreeSet<Integer> years = new TreeSet<>();
    Matcher digits = DIGITS.matcher(text);
    while (digits.find()) {
      for (Pattern pattern : List.of(YEAR, DAY_MONTH_YEAR, YEAR_MONTH_DAY)) {
        Matcher matcher = pattern.matcher(digits.group());
        if (matcher.matches()) {
          years.add(Integer.parseInt(pattern == YEAR ? matcher.group() : matcher.group(1)));
          break;
        }
      }
    }
    return years;
  }
}
