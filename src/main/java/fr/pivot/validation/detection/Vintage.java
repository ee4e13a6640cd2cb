package fr.pivot.validation.detection;

import fr.pivot.catalog.Release;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Kind;
import fr.pivot.referential.Validity;
import fr.pivot.registry.Codes;
import fr.pivot.validation.value.Yardstick;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Of which edition or year a set of codes is. A large list fits one exactly, a small one fits
 * decades: the answer is all that fit best, and what comes next.
 *
 * @param points the editions, or the years by their 1 January, that hold most of the codes, in
 *     order
 * @param years whether the points are years
 * @param fitting how many of the codes each of them holds in force
 * @param known how many of the codes were ever in force
 * @param runnerUp the point that holds most codes after these; null where all fit equally
 * @param runnerUpFitting how many codes it holds
 */
public record Vintage(
    List<String> points,
    boolean years,
    int fitting,
    int known,
    @Nullable String runnerUp,
    int runnerUpFitting) {

  /**
   * Finds the vintage of some codes; null where no edition is loaded, or none of them is known.
   *
   * @param codes different codes, as their publisher writes them
   */
  public static @Nullable Vintage find(Yardstick yardstick, Collection<String> codes) {
    Codes book = yardstick.codes();
    Release release = yardstick.release();
    if (book == null || release == null) {
      return null;
    }
    return yardstick.referential().kind() == Kind.NOMENCLATURE
        ? byEdition(yardstick, book, codes)
        : byYear(yardstick, book, codes);
  }

  private static @Nullable Vintage byEdition(
      Yardstick yardstick, Codes book, Collection<String> codes) {
    List<Release> releases =
        yardstick.registry().catalog().listReleases(yardstick.referential().id());
    int[] fitting = new int[releases.size()];
    int known = 0;
    for (String code : codes) {
      if (book.contains(code)) {
        known++;
        for (int i = 0; i < fitting.length; i++) {
          Release release = releases.get(i);
          if (book.isInForce(code, release, release.head().referenceDate())) {
            fitting[i]++;
          }
        }
      }
    }
    return best(releases.stream().map(Release::edition).toList(), false, fitting, known);
  }

  private static @Nullable Vintage byYear(
      Yardstick yardstick, Codes book, Collection<String> codes) {
    Release latest =
        yardstick.registry().catalog().findLatest(yardstick.referential().id()).orElseThrow();
    LocalDate oldest = yardstick.referential().oldestInFiles();
    int first =
        firstJanuary(oldest.equals(LocalDate.MIN) ? oldest(yardstick, book, codes) : oldest);
    int last = Math.max(first, latest.head().referenceDate().getYear());
    int[] fitting = new int[last - first + 1];
    int known = 0;
    for (String code : codes) {
      List<ConceptState> states = book.listStates(code, latest);
      if (states.isEmpty()) {
        continue;
      }
      known++;
      boolean[] held = new boolean[fitting.length];
      for (ConceptState state : states) {
        Validity validity = state.validity();
        int from = validity.from() == null ? first : firstJanuary(validity.from());
        int to = validity.to() == null ? last + 1 : firstJanuary(validity.to());
        for (int year = Math.max(from, first); year < Math.min(to, last + 1); year++) {
          held[year - first] = true;
        }
      }
      for (int i = 0; i < held.length; i++) {
        fitting[i] += held[i] ? 1 : 0;
      }
    }
    List<String> years = new ArrayList<>();
    for (int year = first; year <= last; year++) {
      years.add(Integer.toString(year));
    }
    return best(years, true, fitting, known);
  }

  /** The first day on which one of the codes was in force, or that of the oldest edition. */
  private static LocalDate oldest(Yardstick yardstick, Codes book, Collection<String> codes) {
    List<Release> releases =
        yardstick.registry().catalog().listReleases(yardstick.referential().id());
    LocalDate edition = releases.getFirst().head().referenceDate();
    return codes.stream()
        .flatMap(code -> book.listStates(code, releases.getLast()).stream())
        .map(state -> state.validity().from())
        .filter(from -> from != null && from.isBefore(edition))
        .min(Comparator.naturalOrder())
        .orElse(edition);
  }

  /** The year of the first 1 January that is not before a day. */
  private static int firstJanuary(LocalDate day) {
    return day.getDayOfYear() == 1 ? day.getYear() : day.getYear() + 1;
  }

  private static @Nullable Vintage best(
      List<String> points, boolean years, int[] fitting, int known) {
    if (known == 0 || fitting.length == 0) {
      return null;
    }
    int most = Arrays.stream(fitting).max().getAsInt();
    List<String> best = new ArrayList<>();
    int second = -1;
    // The youngest of equals: people mean the present one where nothing speaks against it.
    for (int i = 0; i < fitting.length; i++) {
      if (fitting[i] == most) {
        best.add(points.get(i));
      } else if (second < 0 || fitting[i] >= fitting[second]) {
        second = i;
      }
    }
    return new Vintage(
        List.copyOf(best),
        years,
        most,
        known,
        second < 0 ? null : points.get(second),
        second < 0 ? 0 : fitting[second]);
  }

  /** The points in words: years that follow each other are a range, as {@code 1968-2015,2017}. */
  public String text() {
    if (!years) {
      return String.join(",", points);
    }
    StringBuilder text = new StringBuilder();
    int begin = 0;
    for (int i = 0; i < points.size(); i++) {
      boolean last =
          i + 1 == points.size()
              || Integer.parseInt(points.get(i + 1)) != Integer.parseInt(points.get(i)) + 1;
      if (last) {
        text.append(text.isEmpty() ? "" : ",").append(points.get(begin));
        if (begin < i) {
          text.append('-').append(points.get(i));
        }
        begin = i + 1;
      }
    }
    return text.toString();
  }
}
